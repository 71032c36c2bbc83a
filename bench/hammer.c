/*
 * Asks one address as fast as it answers, over some connections, and counts.
 *
 * Called by bench/hammer.py, which compiles it:
 *
 *     hammer PORT PATH CONNECTIONS WARM-SECONDS SECONDS [HEADER]...
 *         -> {"all": 90210, "counted": 80120, "seconds": 2.0, "bytes": 10321, "wrong": 0}
 *
 * Where a header holds ######## stands the request's own number, so that no two are alike.
 * On each connection the next request leaves when the answer before is whole. Every answer must be as long as the
 * first, which is read with care; of the others only the status and the length are looked at. "wrong" counts answers
 * with another status than the first one's, which must be 200.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 256, BUFFER_BYTES = 1024 * 1024, ANSWER_SECONDS = 20 };

struct connection {
    int socket;
    size_t missing; /* bytes of the answer under way */
    size_t seen;
};

static struct connection connections[CONNECTIONS_MAX];
static char request[4096], buffer[BUFFER_BYTES];
static size_t request_bytes, answer_bytes;
static char *number; /* its place in the request; NULL when all are alike */
static unsigned asked;
static uint64_t answers, wrong;

static void give_up(const char *what)
{
    fprintf(stderr, "hammer: %s%s%s\n", what, errno ? ": " : "", errno ? strerror(errno) : "");
    exit(1);
}

static double now_seconds(void)
{
    struct timespec moment;
    clock_gettime(CLOCK_MONOTONIC, &moment);
    return (double)moment.tv_sec + (double)moment.tv_nsec / 1e9;
}

static void ask(struct connection *connection)
{
    if (number)
        for (unsigned digit = 0, left = asked++; digit < 8; digit++, left /= 10)
            number[7 - digit] = (char)('0' + left % 10);
    if (send(connection->socket, request, request_bytes, MSG_NOSIGNAL) != (ssize_t)request_bytes)
        give_up("a request does not leave");
    connection->missing = answer_bytes;
    connection->seen = 0;
}

static void open_connection(struct connection *connection, int port)
{
    int one = 1;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connection->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection->socket < 0 || connect(connection->socket, (struct sockaddr *)&to, sizeof to))
        give_up("cannot connect");
    setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

/* The first answer: how long it is, head included. */
static void learn(struct connection *connection)
{
    struct timeval patience = {.tv_sec = ANSWER_SECONDS};
    setsockopt(connection->socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ask(connection);
    size_t came = 0;
    char *end = NULL;
    while (!end || came < answer_bytes) {
        ssize_t bytes = recv(connection->socket, buffer + came, BUFFER_BYTES - 1 - came, 0);
        if (bytes <= 0)
            give_up("the first answer does not come");
        came += (size_t)bytes;
        buffer[came] = 0;
        if (end || !(end = strstr(buffer, "\r\n\r\n")))
            continue;
        char *length = strcasestr(buffer, "\r\ncontent-length:");
        errno = 0;
        if (strncmp(buffer, "HTTP/1.1 200", 12) != 0)
            give_up("the first answer is not 200");
        if (!length || length > end)
            give_up("the first answer does not say how long it is");
        answer_bytes = (size_t)(end + 4 - buffer) + strtoul(length + 17, NULL, 10);
        if (answer_bytes >= BUFFER_BYTES)
            give_up("the answer is longer than this bench takes");
    }
}

static void serve(struct connection *connection)
{
    ssize_t bytes = recv(connection->socket, buffer, connection->missing, MSG_DONTWAIT);
    if (bytes < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (bytes <= 0)
        give_up("a connection ended");
    if (connection->seen == 0 && (bytes < 12 || memcmp(buffer, "HTTP/1.1 200", 12) != 0))
        wrong++;
    connection->seen += (size_t)bytes;
    connection->missing -= (size_t)bytes;
    if (connection->missing == 0) {
        answers++;
        ask(connection);
    }
}

static void run_until(int loop, double end)
{
    struct epoll_event ready[CONNECTIONS_MAX];
    while (now_seconds() < end) {
        int count = epoll_wait(loop, ready, CONNECTIONS_MAX, 100);
        for (int place = 0; place < count; place++)
            serve(ready[place].data.ptr);
    }
}

int main(int count, char **words)
{
    if (count < 6) {
        fprintf(stderr, "hammer PORT PATH CONNECTIONS WARM-SECONDS SECONDS [HEADER]...\n");
        return 2;
    }
    int port = atoi(words[1]), wanted = atoi(words[3]), loop = epoll_create1(EPOLL_CLOEXEC);
    if (wanted < 1 || wanted > CONNECTIONS_MAX)
        give_up("too many connections");
    request_bytes = (size_t)snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n", words[2], port);
    for (int place = 6; place < count; place++)
        request_bytes += (size_t)snprintf(request + request_bytes, sizeof request - request_bytes, "%s\r\n", words[place]);
    request_bytes += (size_t)snprintf(request + request_bytes, sizeof request - request_bytes, "\r\n");
    number = strstr(request, "########");
    for (int place = 0; place < wanted; place++)
        open_connection(&connections[place], port);
    learn(&connections[0]);
    for (int place = 0; place < wanted; place++) {
        struct epoll_event watch = {.events = EPOLLIN, .data.ptr = &connections[place]};
        epoll_ctl(loop, EPOLL_CTL_ADD, connections[place].socket, &watch);
        ask(&connections[place]);
    }
    run_until(loop, now_seconds() + atof(words[4]));
    uint64_t before = answers;
    double began = now_seconds();
    run_until(loop, began + atof(words[5]));
    printf("{\"all\": %llu, \"counted\": %llu, \"seconds\": %.4f, \"bytes\": %zu, \"wrong\": %llu}\n",
           (unsigned long long)answers, (unsigned long long)(answers - before), now_seconds() - began, answer_bytes,
           (unsigned long long)wrong);
    return 0;
}
