import { expect, test } from "vitest";
import { ApiClient, ApiError } from "$lib/api/client";

interface Asked {
  url: string;
  init: RequestInit;
}

function client(answer: () => Response, token: string | null = "secret") {
  const asked: Asked[] = [];
  const refused: number[] = [];
  const fetcher = (async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    return answer();
  }) as typeof fetch;
  const caller = { token: () => token, language: () => "ru", refused: (code: number) => refused.push(code) };
  return { api: new ApiClient(caller, fetcher), asked, refused };
}

function failure(status: number, body: unknown, headers = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

async function caught(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.catch((thrown: unknown) => thrown);
  if (!(error instanceof ApiError)) throw new Error("no ApiError");
  return error;
}

test("the token goes into the header and into no address", async () => {
  const { api, asked } = client(() => Response.json({ status: 0, message: "ok", room: 7 }));
  const body = await api.request("/api/v1/rooms", { query: { game: "quiz", state: undefined } });
  expect(body).toEqual({ status: 0, message: "ok", room: 7 });
  expect(asked).toEqual([
    {
      url: "/api/v1/rooms?game=quiz",
      init: {
        method: "GET",
        headers: { Accept: "application/json", "Accept-Language": "ru", Authorization: "Token secret" },
      },
    },
  ]);
});

test("a guest sends no token, a body goes as JSON", async () => {
  const { api, asked } = client(() => Response.json({}), null);
  await api.request("login", { method: "POST", body: { name: "anna" } });
  expect(asked[0]?.init).toEqual({
    method: "POST",
    headers: { Accept: "application/json", "Accept-Language": "ru", "Content-Type": "application/json" },
    body: '{"name":"anna"}',
  });
});

test("a form goes as it is, so that the browser names its boundary", async () => {
  const { api, asked } = client(() => Response.json({}));
  const form = new FormData();
  await api.request("profile/avatar", { method: "POST", body: form });
  expect(asked[0]?.init.body).toBe(form);
  expect(asked[0]?.init.headers).not.toHaveProperty("Content-Type");
});

test("an error carries code, message, fields and the wait", async () => {
  const body = { status: 1, message: "No.", code: "invalid", errors: { name: ["Taken."] } };
  const { api } = client(() => failure(400, body, { "Retry-After": "30" }));
  const error = await caught(api.request("registration", { method: "POST" }));
  expect([error.status, error.code, error.message, error.fields, error.retryAfter]).toEqual([
    400,
    "invalid",
    "No.",
    { name: ["Taken."] },
    30,
  ]);
});

test("an error page that is not JSON is still an error of ours", async () => {
  const { api } = client(() => new Response("<h1>502</h1>", { status: 502, statusText: "Bad Gateway" }));
  const error = await caught(api.request("/api/v1/rooms"));
  expect([error.status, error.code, error.retryAfter]).toEqual([502, "http_502", null]);
});

test("no answer at all is `offline`", async () => {
  const { api } = client(() => {
    throw new TypeError("failed to fetch");
  });
  expect((await caught(api.request("/api/v1/rooms"))).code).toBe("offline");
});

test.each([
  ["a dead token", 401, "unauthorized", "secret", [4500]],
  ["a banned account", 403, "banned", "secret", [4503]],
  ["a wrong password at the door", 401, "bad_credentials", null, []],
  ["a closed room", 403, "not_member", "secret", []],
])("%s (%i %s)", async (_, status, code, token, ended) => {
  const { api, refused } = client(() => failure(status, { code }), token);
  await caught(api.request("profile"));
  expect(refused).toEqual(ended);
});

function busyTimes(times: number) {
  const pauses: number[] = [];
  let calls = 0;
  const fetcher = (async () =>
    ++calls > times
      ? Response.json({ token: "t" })
      : failure(503, { code: "busy" }, { "Retry-After": "2" })) as typeof fetch;
  const caller = { token: () => null, language: () => "en", refused: () => undefined };
  const pause = async (ms: number) => void pauses.push(ms);
  return { api: new ApiClient(caller, fetcher, pause), pauses, calls: () => calls };
}

test("a crowd at the login is let in by turns: busy is asked again when the server says", async () => {
  const { api, pauses, calls } = busyTimes(3);
  expect(await api.request("login", { method: "POST", body: {} })).toEqual({ token: "t" });
  expect(calls()).toBe(4);
  expect(pauses.length).toBe(3);
  expect(pauses.every((ms) => ms >= 1000 && ms < 3000)).toBe(true);
});

test("busy for too long is told", async () => {
  const { api, calls } = busyTimes(99);
  const error = await caught(api.request("login", { method: "POST", body: {} }));
  expect([error.status, error.code, error.retryAfter, calls()]).toEqual([503, "busy", 2, 4]);
});
