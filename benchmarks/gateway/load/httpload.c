/* httpload - the SockJS HTTP transports under load (one thread, epoll, libc only).
 *
 *   httpload PORT N streaming|polling      sessions /ws/000/s<i>/, i = 1..N
 *
 * Opens N sessions and keeps one request of each waiting; the caller sends what a client would
 * send (`xhr_send`). Counts a marker in what arrives, with the latency from `ts` behind it, and
 * obeys lines on stdin like wsload: `ready SUBSTR N MS`, `reset`, `wait COUNT MS IDLE_MS`, `quit`.
 * Chunk framing is left in place: a server puts a SockJS frame in one chunk, and a marker cut by
 * the end of a read is found again because the unfinished line is kept.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BUFFER (1 << 20)
static const char *MARKER = "@EVT@";

typedef struct {
    int fd, index, waiting;
    char *kept;
    size_t n_kept;
} session;

static int port, n_sessions, polling, ep;
static session *sessions;
static char *buffer;
static const char *ready_text = "\x01";
static uint64_t n_marks, n_ready, n_requests, n_bytes, n_closed, t_last, ts_first;
static uint32_t *latency;
static size_t n_latency, cap_latency = 1 << 16;

static uint64_t now_ns(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return (uint64_t)t.tv_sec * 1000000000ull + t.tv_nsec; }

static void request(session *s) {
    char text[512];
    int n = snprintf(text, sizeof text, "POST /ws/000/s%d/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 0\r\n\r\n",
                     s->index, polling ? "xhr" : "xhr_streaming", port);
    if (send(s->fd, text, n, MSG_NOSIGNAL) == n) { s->waiting = 1; n_requests++; }
}

static void open_session(session *s, int index) {
    int one = 1;
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    s->index = index;
    s->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s->fd, (void *)&a, sizeof a) < 0) { perror("connect"); exit(1); }
    setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = s};
    epoll_ctl(ep, EPOLL_CTL_ADD, s->fd, &e);
    request(s);
}

static void note(const char *p, const char *end, uint64_t t) {
    n_marks++; t_last = t;
    const char *limit = p + 40 < end ? p + 40 : end, *q = memmem(p, limit - p, "ts", 2);
    if (!q) return;
    q += 2;
    while (q < limit && (*q < '0' || *q > '9')) q++;
    uint64_t ts = strtoull(q, NULL, 10);
    if (!ts || ts > t) return;
    if (!ts_first || ts < ts_first) ts_first = ts;
    if (n_latency == cap_latency) latency = realloc(latency, (cap_latency *= 2) * sizeof *latency);
    latency[n_latency++] = (t - ts) / 1000;
}

/* A response to a poll is whole when its body, as long as Content-Length says, is here (or its last chunk). */
static int poll_is_whole(const char *p, size_t n) {
    const char *body = memmem(p, n, "\r\n\r\n", 4), *length = memmem(p, n, "Content-Length: ", 16);
    if (!body) return 0;
    if (length && length < body) return p + n >= body + 4 + strtoul(length + 16, NULL, 10);
    return n >= 5 && !memcmp(p + n - 5, "0\r\n\r\n", 5);
}

static void scan(session *s, char *p, size_t n, uint64_t t) {
    char *end = p + n, *q = p;
    if (memmem(p, n, ready_text, strlen(ready_text))) n_ready++;
    while ((q = memmem(q, end - q, MARKER, strlen(MARKER)))) note(q += strlen(MARKER), end, t);
}

static void on_read(session *s) {
    memcpy(buffer, s->kept, s->n_kept);
    ssize_t r = recv(s->fd, buffer + s->n_kept, BUFFER - s->n_kept, MSG_DONTWAIT);
    if (r < 0 && errno == EAGAIN) return;
    if (r <= 0) { close(s->fd); s->fd = -1; n_closed++; open_session(s, s->index); return; }
    n_bytes += r;
    size_t n = s->n_kept + r, done = n;
    uint64_t t = now_ns();
    if (polling) {
        if (!poll_is_whole(buffer, n)) done = 0;
    } else {
        char *last = memrchr(buffer, '\n', n);
        done = last ? (size_t)(last + 1 - buffer) : 0;
    }
    if (done) scan(s, buffer, done, t);
    s->n_kept = n - done;
    s->kept = realloc(s->kept, s->n_kept + 1);
    memcpy(s->kept, buffer + done, s->n_kept);
    if (polling && done) request(s);
}

static int poll_once(int ms) {
    static struct epoll_event events[1024];
    int n = epoll_wait(ep, events, 1024, ms), on_stdin = 0;
    for (int i = 0; i < n; i++) {
        if (events[i].data.ptr) on_read(events[i].data.ptr);
        else on_stdin = 1;
    }
    return on_stdin;
}

static int cmp32(const void *a, const void *b) { uint32_t x = *(uint32_t *)a, y = *(uint32_t *)b; return x < y ? -1 : x > y; }

static void report(void) {
    struct rusage u; getrusage(RUSAGE_SELF, &u);
    qsort(latency, n_latency, sizeof *latency, cmp32);
    double e2e = ts_first && t_last > ts_first ? (t_last - ts_first) / 1e9 : 0;
    printf("{\"msgs\":%llu,\"ready\":%llu,\"requests\":%llu,\"bytes\":%llu,\"closed\":%llu,\"e2e_s\":%.6f,\"rate_e2e\":%.1f,"
           "\"lat_ms_p50\":%.3f,\"lat_ms_p99\":%.3f,\"frames\":%llu,\"client_cpu_s\":%.3f}\n",
           (unsigned long long)n_marks, (unsigned long long)n_ready, (unsigned long long)n_requests, (unsigned long long)n_bytes,
           (unsigned long long)n_closed, e2e, e2e ? n_marks / e2e : 0, n_latency ? latency[n_latency / 2] / 1e3 : 0,
           n_latency ? latency[(size_t)((n_latency - 1) * .99)] / 1e3 : 0, (unsigned long long)n_requests,
           u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6);
    fflush(stdout);
}

static void wait_for(uint64_t *counter, uint64_t count, double ms, double idle_ms) {
    uint64_t end = now_ns() + (uint64_t)(ms * 1e6);
    while (*counter < count && now_ns() < end) {
        poll_once(20);
        if (idle_ms > 0 && n_marks && now_ns() - t_last > (uint64_t)(idle_ms * 1e6)) break;
    }
    report();
}

static int obey(void) {
    static char line[256], text[128];
    unsigned long long count; double ms, idle;
    if (!fgets(line, sizeof line, stdin)) return 0;
    if (sscanf(line, "ready %127s %llu %lf", text, &count, &ms) == 3) { ready_text = text; n_ready = 0; wait_for(&n_ready, count, ms, 0); }
    else if (sscanf(line, "wait %llu %lf %lf", &count, &ms, &idle) == 3) wait_for(&n_marks, count, ms, idle);
    else if (!strncmp(line, "reset", 5)) { n_marks = n_bytes = n_requests = t_last = ts_first = n_latency = 0; report(); }
    else return 0;
    return 1;
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    port = atoi(argv[1]); n_sessions = atoi(argv[2]); polling = !strcmp(argv[3], "polling");
    struct rlimit rl; getrlimit(RLIMIT_NOFILE, &rl); rl.rlim_cur = rl.rlim_max; setrlimit(RLIMIT_NOFILE, &rl);
    alarm(600);
    sessions = calloc(n_sessions, sizeof *sessions); buffer = malloc(BUFFER); latency = malloc(cap_latency * sizeof *latency);
    ep = epoll_create1(0);
    setvbuf(stdin, NULL, _IONBF, 0);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(ep, EPOLL_CTL_ADD, 0, &e);
    for (int i = 0; i < n_sessions; i++) open_session(&sessions[i], i + 1);
    report();
    for (;;) if (poll_once(100) && !obey()) return 0;
}
