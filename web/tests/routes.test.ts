import { expect, test } from "vitest";
import { isForAll, isForGuests, routeOf, safeNext, withNext } from "$lib/routes";

test.each([
  ["/", { page: "lobby" }],
  ["/login", { page: "login" }],
  ["/login/", { page: "login" }],
  ["/reset", { page: "reset" }],
  ["/confirm", { page: "confirm" }],
  ["/rooms/7", { page: "room", id: 7 }],
  ["/rooms/x", { page: "missing" }],
  ["/rooms/99999999999999999", { page: "missing" }],
  ["/toString", { page: "missing" }],
])("%s", (path, route) => {
  expect(routeOf(path)).toEqual(route);
});

test("guests have their own pages", () => {
  expect(
    ["/login", "/signup", "/forgot", "/reset", "/confirm", "/", "/rooms/7"].filter((path) =>
      isForGuests(routeOf(path)),
    ),
  ).toEqual(["/login", "/signup", "/forgot", "/reset", "/confirm"]);
});

test("the links of mails work for everybody", () => {
  expect(["/login", "/reset", "/confirm", "/", "/profile"].filter((path) => isForAll(routeOf(path)))).toEqual([
    "/reset",
    "/confirm",
  ]);
});

test.each([
  ["/rooms/7", "/rooms/7"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  ["/login", "/"],
  [null, "/"],
])("after signing in, next=%s leads to %s", (next, path) => {
  expect(safeNext(next)).toBe(path);
});

test.each([
  ["/signup", "/rooms/7", "/signup?next=%2Frooms%2F7"],
  ["/login", "/rooms/7?a=b&c", "/login?next=%2Frooms%2F7%3Fa%3Db%26c"],
  ["/signup", "/", "/signup"],
  ["/signup", null, "/signup"],
  ["/signup", "//evil.example", "/signup"],
])("%s keeps that one was on the way to %s", (path, next, address) => {
  expect(withNext(path, next)).toBe(address);
  expect(safeNext(new URLSearchParams(address.split("?")[1] ?? "").get("next"))).toBe(safeNext(next));
});
