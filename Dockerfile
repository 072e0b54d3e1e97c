# Tributary as an image: docker build -t tributary . && docker run --read-only -p 8080:8080 -v tributary:/data tributary
# Mount a folder of your own over /config to give it other sources than the samples.

FROM docker.io/library/node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build && npm prune --omit=dev

FROM docker.io/library/node:24-slim
LABEL org.opencontainers.image.title="Tributary" \
      org.opencontainers.image.description="Republishes RSS and Atom feeds as one, with credit on every item" \
      org.opencontainers.image.documentation="docs/OPERATING.md" \
      org.opencontainers.image.licenses="MIT"

# One malloc arena: memory is not kept aside for threads that hardly allocate.
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=1

COPY --from=build /app/node_modules /app/node_modules
COPY --from=build /app/dist /app/dist
COPY package.json LICENSE /app/
COPY config /config

# Commands beside the service: docker exec NAME tributary status
RUN chmod 0755 /app/dist/main.js && ln -s /app/dist/main.js /usr/local/bin/tributary

# All that is ever written is under /data. The group 0 may write too, for platforms that choose the user themselves.
RUN mkdir /data && chown node:0 /data && chmod 0775 /data
VOLUME /data

# The configuration's defaults are relative: from here ./config is /config and ./data is /data, and neither needs an
# environment variable, which would override what a mounted configuration says.
WORKDIR /
USER 1000
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["tributary", "health"]

# Without the flag V8 makes parsing jump between fast and slow.
ENTRYPOINT ["node", "--no-allocation-site-pretenuring", "/app/dist/main.js"]
CMD ["serve"]
