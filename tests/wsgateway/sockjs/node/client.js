// The real sockjs-client from Node: `node client.js URL TRANSPORT MESSAGE...` sends the messages one after the other,
// each when the one before was answered, and prints what came and how it ended.
const SockJS = require("sockjs-client");

const [, , url, transport, ...messages] = process.argv;
const socket = new SockJS(url, null, { transports: [transport] });
const got = [];
let used = null;
socket.onopen = () => {
  used = socket.transport;
  socket.send(messages.shift());
};
socket.onmessage = ({ data }) => {
  got.push(data);
  if (messages.length > 0) socket.send(messages.shift());
  else socket.close();
};
socket.onclose = ({ code, reason }) => {
  console.log(JSON.stringify({ transport: used, got, code, reason }));
  process.exit(0);
};
