/** The one place that knows sockjs-client. Loaded only once somebody has signed in. */

export interface Transport {
  send(text: string): void;
  close(): void;
}

export interface Listener {
  opened(): void;
  text(text: string): void;
  closed(code: number, reason: string): void;
}

export type OpenTransport = (listener: Listener) => Transport;

/** Opens SockJS at `/ws` on our own origin. After `close()` the listener hears nothing more. */
export const openSockJs: OpenTransport = (listener) => {
  let wanted = true;
  let socket: WebSocket | null = null;
  import("sockjs-client").then(
    ({ default: SockJS }) => {
      if (!wanted) return;
      socket = new SockJS("/ws");
      socket.onopen = () => wanted && listener.opened();
      socket.onmessage = (event) => wanted && listener.text(String(event.data));
      socket.onclose = (event) => wanted && listener.closed(event.code, event.reason);
    },
    () => wanted && listener.closed(1006, "the socket's code did not load"),
  );
  return {
    send: (text) => socket?.send(text),
    close: () => {
      wanted = false;
      socket?.close();
    },
  };
};
