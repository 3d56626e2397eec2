// npm's SockJS server with the services of ../endpoint.py: `node oracle.js NAME PORT`.
const http = require("node:http");
const sockjs = require("sockjs");

const [, , name, port] = process.argv;
const options = {
  prefix: "/ws",
  sockjs_url: "/sockjs.min.js",
  response_limit: 4096,
  websocket: name !== "no-websocket",
  jsessionid: name === "cookie",
  log: () => {},
};
const service = sockjs.createServer(options);
service.on("connection", (connection) => {
  if (name === "close") connection.close(3000, "Go away!");
  connection.on("data", (message) => {
    if (message === "bye") connection.close(4501, "logged out");
    else connection.write(message);
  });
});
const server = http.createServer((request, response) => response.writeHead(404).end());
service.installHandlers(server);
server.listen(Number(port), "127.0.0.1");
