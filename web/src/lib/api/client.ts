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

/** How often a request is made again when too many people log in at the same second (503 `busy`). */
const BUSY_TRIES = 3;

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
  #pause: (ms: number) => Promise<void>;

  constructor(
    caller: Caller,
    fetcher: typeof fetch = (...args) => fetch(...args),
    pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
  ) {
    this.#caller = caller;
    this.#fetch = fetcher;
    this.#pause = pause;
  }

  /**
   * The body of a 2xx answer. Throws `ApiError` for anything else.
   * `busy` did nothing yet, so it is asked again when the server says, a little spread: a crowd gets in by turns.
   */
  async request<T>(path: string, request: Request = {}): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await this.#once<T>(path, request);
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== "busy" || tries === BUSY_TRIES) throw error;
        await this.#pause((error.retryAfter ?? 1) * 1000 * (0.5 + Math.random()));
      }
    }
  }

  async #once<T>(path: string, request: Request): Promise<T> {
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
