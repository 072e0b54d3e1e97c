// Stands between a feed reader and the service and writes one line for each request to standard output:
//   GET /feeds/city.rss conditional 304
//   node .ci/http-log-proxy.mjs PORT UPSTREAM-PORT
import { createServer, request } from 'node:http';

const [port, upstreamPort] = process.argv.slice(2).map(Number);

createServer((fromReader, toReader) => {
  const { method, url, rawHeaders } = fromReader;
  const asked = 'if-none-match' in fromReader.headers ? 'conditional' : 'unconditional';
  const toService = request(
    { host: '127.0.0.1', port: upstreamPort, method, path: url, headers: rawHeaders },
    (fromService) => {
      console.log(`${method} ${url} ${asked} ${fromService.statusCode}`);
      toReader.writeHead(fromService.statusCode, fromService.rawHeaders);
      fromService.pipe(toReader);
    },
  );
  toService.on('error', (error) => {
    console.log(`${method} ${url} ${asked} ${error.code}`);
    toReader.destroy();
  });
  fromReader.pipe(toService);
}).listen(port, '127.0.0.1');
