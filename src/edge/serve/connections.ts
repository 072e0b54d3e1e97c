// The open connections and what each still owes its client: slow readers are cut, a stop ends idle connections at
// once and lets answers under way finish, and nothing is ever written into the middle of an answer.
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How long a refused client may take to read why; what it still sends meanwhile is thrown away. */
const LINGER_MS = 1_000;

interface Connection {
  /** Answers under way. */
  owed: number;
  /** Runs while anything is owed, from the last answer's end. */
  deadline: NodeJS.Timeout | undefined;
  /** What is said at last where no further request can be read. */
  lastWords: string | undefined;
  /** The same for every answer, so that none makes its own. */
  onWritten: (() => void) | undefined;
}

export class Connections {
  readonly #open = new Map<Socket, Connection>();
  readonly #writeDeadlineMs: number;
  #isDraining = false;

  /** @param writeDeadlineMs for each answer, until its last byte is handed over. */
  constructor(writeDeadlineMs: number) {
    this.#writeDeadlineMs = writeDeadlineMs;
  }

  add(socket: Socket): void {
    const connection: Connection = {
      owed: 0,
      deadline: undefined,
      lastWords: undefined,
      onWritten: undefined,
    };
    this.#open.set(socket, connection);
    // node:http lets go of the sockets of CONNECT: an error on one would end the process.
    socket.on('error', () => {});
    socket.once('close', () => {
      clearTimeout(connection.deadline);
      this.#open.delete(socket);
    });
  }

  /** An answer is under way. */
  isBusy(socket: Socket): boolean {
    return (this.#open.get(socket)?.owed ?? 0) > 0;
  }

  /** Counts an answer that is written as a whole: to be called when its last byte is handed over. */
  oweWritten(socket: Socket): () => void {
    const connection = this.#open.get(socket);
    if (connection === undefined) return () => {};
    connection.owed += 1;
    connection.onWritten ??= () => {
      connection.owed -= 1;
      this.#settle(socket, connection);
    };
    return connection.onWritten;
  }

  /** To be called after such an answer was written: most are handed over at once, and need no deadline. */
  watch(socket: Socket): void {
    const connection = this.#open.get(socket);
    if (connection === undefined || socket.writableLength === 0) return;
    connection.deadline ??= setTimeout(() => socket.destroy(), this.#writeDeadlineMs);
  }

  /** Counts the answer until its last byte is handed over. */
  owe(socket: Socket, response: ServerResponse): void {
    const connection = this.#open.get(socket);
    if (connection === undefined) return;
    connection.owed += 1;
    connection.deadline ??= setTimeout(() => socket.destroy(), this.#writeDeadlineMs);
    response.once('close', () => {
      connection.owed -= 1;
      connection.deadline?.refresh();
      this.#settle(socket, connection);
    });
  }

  /** Says `text` after the answers under way, then ends the connection. */
  refuse(socket: Socket, text: string): void {
    const connection = this.#open.get(socket);
    if (connection === undefined || connection.lastWords !== undefined) return;
    connection.lastWords = text;
    this.#settle(socket, connection);
  }

  /** From now on connections end as soon as nothing is owed on them. */
  drain(): void {
    this.#isDraining = true;
    for (const [socket, connection] of this.#open) this.#settle(socket, connection);
  }

  count(): number {
    return this.#open.size;
  }

  cut(): void {
    for (const socket of this.#open.keys()) socket.destroy();
  }

  #settle(socket: Socket, connection: Connection): void {
    if (connection.owed > 0) return;
    clearTimeout(connection.deadline);
    connection.deadline = undefined;
    if (connection.lastWords !== undefined) endWith(socket, connection.lastWords);
    else if (this.#isDraining) socket.destroySoon();
  }
}

/** Closing at once, with bytes of the client unread, would reset the connection and lose the text on its way. */
function endWith(socket: Socket, text: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(text);
  const linger = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(linger));
}
