/** Requests whose paths, bodies and answers are checked against the schema; for the platform's and the games' calls. */
import type { ApiClient } from "./client";
import type { Answer, Body, Path, Query } from "./types";

export function requests(client: ApiClient) {
  return {
    get: <P extends Path>(path: P, query?: Query<P, "get">, id?: number) =>
      client.request<Answer<P, "get">>(filled(path, id), { query }),
    post: <P extends Path>(path: P, body: Body<P, "post"> | FormData | Record<string, never>, id?: number) =>
      client.request<Answer<P, "post">>(filled(path, id), { method: "POST", body }),
    patch: <P extends Path>(path: P, body: Body<P, "patch">) =>
      client.request<Answer<P, "patch">>(path, { method: "PATCH", body }),
  };
}

/** The path with its one id in place. */
function filled(path: Path, id?: number): string {
  return path.replace(/\{\w+\}/, String(id));
}
