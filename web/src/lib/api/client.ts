/** One way to speak to the REST API: JSON, the token in a header, every failure an `ApiError`. */

import { BANNED, UNAUTHORIZED } from "$lib/wire/close-codes";

export class ApiError extends Error {
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number;
  /** The server's code for it, such as `wrong_password`; `offline` when no answer came. */
  readonly code: string;
  /** What is wrong with each field sent. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** Seconds to wait, from Retry-After, or null. */
  readonly retryAfter: number | null;

  constructor(status: number, code: string, message: string, fields = {}, retryAfter: number | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.retryAfter = retryAfter;
  }
}

export interface Request {
  method?: "GET" | "POST" | "PATCH";
  /** Sent as JSON, a FormData as multipart. */
  body?: unknown;
  query?: Record<string, string | number | undefined> | undefined;
}

/** On whose behalf requests are made. */
export interface Caller {
  token(): string | null;
  /** Messages and names come back in this language where the server has it. */
  language(): string;
  /** The server no longer takes this token; `code` is the close code that a socket would get for it. */
  refused(code: number): void;
}

export class ApiClient {
  #caller: Caller;
  #fetch: typeof fetch;

  constructor(caller: Caller, fetcher: typeof fetch = (...args) => fetch(...args)) {
    this.#caller = caller;
    this.#fetch = fetcher;
  }

  /** The body of a 2xx answer. Throws `ApiError` for anything else. */
  async request<T>(path: string, request: Request = {}): Promise<T> {
    const token = this.#caller.token();
    const response = await this.#reach(path, request, token);
    const body = await readJson(response);
    if (response.ok) return body as T;
    const error = errorOf(response, body);
    const ended = error.status === 401 ? UNAUTHORIZED : error.code === "banned" ? BANNED : 0;
    if (ended && token !== null && token === this.#caller.token()) this.#caller.refused(ended);
    throw error;
  }

  async #reach(path: string, request: Request, token: string | null): Promise<Response> {
    const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": this.#caller.language() };
    if (token) headers.Authorization = `Token ${token}`;
    const init: RequestInit = { method: request.method ?? "GET", headers };
    if (request.body instanceof FormData) init.body = request.body;
    else if (request.body !== undefined) {
      headers["Content-Type"] = "application/json";
      init.body = JSON.stringify(request.body);
    }
    try {
      return await this.#fetch(path + queryOf(request.query), init);
    } catch {
      throw new ApiError(0, "offline", "The server can't be reached.");
    }
  }
}

function queryOf(query: Request["query"] = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  return pairs.length ? `?${new URLSearchParams(pairs)}` : "";
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function errorOf(response: Response, body: unknown): ApiError {
  const said = body as { code?: string; message?: string; errors?: Record<string, string[]> };
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return new ApiError(
    response.status,
    said.code ?? `http_${response.status}`,
    said.message ?? response.statusText,
    said.errors ?? {},
    Number.isFinite(seconds) ? seconds : null,
  );
}
