/*
 * Many readers of one event stream, in one thread: opens them, publishes to them, and tells what came when.
 *
 * Called by bench/crowd.py, which compiles it (cc -O2) and speaks to it by lines:
 *
 *     crowd READERS PORT PATH SOURCES BODY-BYTES [POST-PORT POST-PATH BODY [HEADER]...]
 *
 *     open                  connects all readers            -> {"open": 10000, "refused": 0, "seconds": 1.9}
 *     phase COUNT RATE      publishes COUNT events, RATE a second (0: the next as soon as the one before is
 *                           answered), and waits until all have come   -> what came of them
 *     listen COUNT SECONDS  waits for COUNT events that somebody else publishes   -> the same
 *
 * The end of its input ends it. An event is known by a mark in its data, wherever it stands: "crowd:NUMBER:TIME;",
 * TIME in nanoseconds of CLOCK_MONOTONIC. @MARK@ in BODY becomes the mark, @PAD@ as many letters as fill BODY-BYTES.
 * Readers come from SOURCES loopback addresses, since a server may bound how many come from one. An event has come
 * when its closing empty line has been read; what a reader gets twice or after a later one is counted.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    EVENTS_MAX = 2048,          /* numbers of one run */
    OPENING_MAX = 256,          /* connections that wait for the head of their answer */
    OPEN_SECONDS = 120,
    DRAIN_SECONDS = 30,         /* after the last event of a phase was published */
    TEXT_BYTES = 1024 * 1024,
    BODY_BYTES = 64 * 1024,
    FIRST_SOURCE = 0x7f000102,  /* 127.0.1.2 */
};

enum where { ABSENT, CONNECTING, IN_HEAD, READING, GONE };
enum piece { CHUNK_SIZE, CHUNK_EXTENSION, CHUNK_DATA, CHUNK_END };

struct reader {
    int socket;
    enum where where;
    bool chunked;
    enum piece piece;
    uint32_t chunk_left;
    char *rest;                 /* of a head or an event that has come in part */
    size_t rest_bytes;
    uint32_t newest;
    uint64_t seen[EVENTS_MAX / 64];
};

struct event {
    uint64_t sent, last;
    uint32_t came;
    bool acknowledged;
};

static struct reader *readers;
static int reader_count, open_count, opening, refused, closed;
static struct event events[EVENTS_MAX];
static uint32_t next_number = 1, phase_first;
static uint64_t duplicated, disordered, event_bytes, came_count;
static uint32_t *delays;        /* microseconds, of every delivery in this phase */
static size_t delay_count, delay_room;
static int loop, reader_port, source_count, body_bytes;
static const char *reader_path;
static char text[TEXT_BYTES], raw[TEXT_BYTES / 4];

static void give_up(const char *what)
{
    fprintf(stderr, "crowd: %s%s%s\n", what, errno ? ": " : "", errno ? strerror(errno) : "");
    exit(1);
}

static uint64_t now_ns(void)
{
    struct timespec moment;
    clock_gettime(CLOCK_MONOTONIC, &moment);
    return (uint64_t)moment.tv_sec * 1000000000u + (uint64_t)moment.tv_nsec;
}

static struct sockaddr_in loopback(uint32_t address, int port)
{
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    where.sin_addr.s_addr = htonl(address);
    return where;
}

/* --- what an event says ------------------------------------------------------------------------------------- */

static void note_delay(uint64_t nanoseconds)
{
    if (delay_count == delay_room) {
        delay_room = delay_room ? delay_room * 2 : 65536;
        delays = realloc(delays, delay_room * sizeof *delays);
        if (!delays)
            give_up("no memory for delays");
    }
    delays[delay_count++] = (uint32_t)(nanoseconds / 1000);
}

static void note_event(struct reader *reader, uint32_t number, uint64_t sent, uint64_t now)
{
    if (number == 0 || number >= EVENTS_MAX)
        return;
    uint64_t bit = 1ull << (number % 64);
    if (reader->seen[number / 64] & bit) {
        duplicated++;
        return;
    }
    reader->seen[number / 64] |= bit;
    if (number < reader->newest)
        disordered++;
    else
        reader->newest = number;
    struct event *event = &events[number];
    if (!event->sent)
        event->sent = sent;
    event->came++;
    event->last = now;
    if (number >= phase_first) {
        came_count++;
        note_delay(now - event->sent);
    }
}

static bool read_mark(const char *line, size_t bytes, uint32_t *number, uint64_t *sent)
{
    const char *mark = memmem(line, bytes, "crowd:", 6);
    if (!mark)
        return false;
    uint64_t found[2] = {0, 0};
    const char *at = mark + 6, *end = line + bytes;
    for (int part = 0; part < 2; part++, at++)
        for (; at < end && *at >= '0' && *at <= '9'; at++)
            found[part] = found[part] * 10 + (uint64_t)(*at - '0');
    *number = (uint32_t)found[0];
    *sent = found[1];
    return true;
}

/* Takes whole events from `from`; returns how many bytes they were. */
static size_t take_events(struct reader *reader, const char *from, size_t bytes, uint64_t now)
{
    size_t taken = 0, at = 0;
    uint32_t number = 0;
    uint64_t sent = 0;
    const char *end;
    while ((end = memchr(from + at, '\n', bytes - at)) != NULL) {
        const char *line = from + at;
        size_t length = (size_t)(end - line);
        at += length + 1;
        if (length && line[length - 1] == '\r')
            length--;
        if (length > 5 && !number && memcmp(line, "data:", 5) == 0)
            read_mark(line, length, &number, &sent);
        if (length == 0) {
            if (number) {
                event_bytes += at - taken;
                note_event(reader, number, sent, now);
            }
            number = 0;
            taken = at;
        }
    }
    return taken;
}

/* --- from socket to events ---------------------------------------------------------------------------------- */

static void forget(struct reader *reader)
{
    if (reader->where == READING) {
        open_count--;
        closed++;
    } else {
        opening--;
        refused++;
    }
    close(reader->socket);
    reader->where = GONE;
}

static void keep_rest(struct reader *reader, const char *from, size_t bytes)
{
    char *rest = bytes ? malloc(bytes) : NULL;
    if (bytes && !rest)
        give_up("no memory for what came in part");
    if (bytes)
        memcpy(rest, from, bytes);
    free(reader->rest);
    reader->rest = rest;
    reader->rest_bytes = bytes;
}

/* Takes HTTP's chunk framing out of `from`, into `to`; returns how many bytes are left. */
static size_t unframe(struct reader *reader, const char *from, size_t bytes, char *to)
{
    size_t made = 0, at = 0;
    while (at < bytes) {
        if (reader->piece == CHUNK_DATA) {
            size_t part = bytes - at < reader->chunk_left ? bytes - at : reader->chunk_left;
            memcpy(to + made, from + at, part);
            made += part;
            at += part;
            reader->chunk_left -= (uint32_t)part;
            if (reader->chunk_left == 0)
                reader->piece = CHUNK_END;
            continue;
        }
        char byte = from[at++];
        if (byte == '\n')
            reader->piece = reader->piece == CHUNK_END ? CHUNK_SIZE : CHUNK_DATA;
        else if (reader->piece == CHUNK_SIZE && byte == ';')
            reader->piece = CHUNK_EXTENSION;
        else if (reader->piece == CHUNK_SIZE && byte != '\r') {
            int digit = byte <= '9' ? byte - '0' : (byte | 32) - 'a' + 10;
            reader->chunk_left = reader->chunk_left * 16 + (uint32_t)digit;
        }
        if (byte == '\n' && reader->piece == CHUNK_DATA && reader->chunk_left == 0)
            return made; /* the last chunk: the server closes next */
    }
    return made;
}

static void take_body(struct reader *reader, const char *from, size_t bytes, uint64_t now)
{
    size_t length = reader->rest_bytes;
    if (length + bytes > sizeof text) {
        errno = 0;
        give_up("an event is longer than a reader of this bench takes");
    }
    if (length)
        memcpy(text, reader->rest, length);
    if (reader->chunked)
        length += unframe(reader, from, bytes, text + length);
    else {
        memcpy(text + length, from, bytes);
        length += bytes;
    }
    size_t taken = take_events(reader, text, length, now);
    if (length - taken || reader->rest_bytes)
        keep_rest(reader, text + taken, length - taken);
}

static void take_head(struct reader *reader, const char *from, size_t bytes, uint64_t now)
{
    size_t length = reader->rest_bytes + bytes;
    char *head = malloc(length + 1);
    if (!head)
        give_up("no memory for a head");
    if (reader->rest_bytes)
        memcpy(head, reader->rest, reader->rest_bytes);
    memcpy(head + reader->rest_bytes, from, bytes);
    head[length] = 0;
    char *end = strstr(head, "\r\n\r\n");
    if (!end)
        keep_rest(reader, head, length);
    else if (strncmp(head, "HTTP/1.1 200", 12) != 0)
        forget(reader);
    else {
        *end = 0;
        reader->chunked = strcasestr(head, "\r\ntransfer-encoding: chunked") != NULL;
        reader->where = READING;
        opening--;
        open_count++;
        keep_rest(reader, NULL, 0);
        take_body(reader, end + 4, length - (size_t)(end + 4 - head), now);
    }
    free(head);
}

static void ask(struct reader *reader)
{
    char request[1024];
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/event-stream\r\n\r\n",
                          reader_path, reader_port);
    if (send(reader->socket, request, (size_t)length, MSG_NOSIGNAL) != length) {
        forget(reader);
        return;
    }
    struct epoll_event watch = {.events = EPOLLIN, .data.ptr = reader};
    epoll_ctl(loop, EPOLL_CTL_MOD, reader->socket, &watch);
    reader->where = IN_HEAD;
}

static void connect_reader(struct reader *reader)
{
    int one = 1;
    reader->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (reader->socket < 0)
        give_up("no socket for another reader");
    struct sockaddr_in from = loopback(FIRST_SOURCE + (uint32_t)((reader - readers) % source_count), 0);
    setsockopt(reader->socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    if (bind(reader->socket, (struct sockaddr *)&from, sizeof from))
        give_up("a reader cannot have its own address");
    opening++;
    reader->where = CONNECTING;
    struct sockaddr_in to = loopback(INADDR_LOOPBACK, reader_port);
    if (connect(reader->socket, (struct sockaddr *)&to, sizeof to) && errno != EINPROGRESS) {
        forget(reader);
        return;
    }
    struct epoll_event watch = {.events = EPOLLOUT, .data.ptr = reader};
    epoll_ctl(loop, EPOLL_CTL_ADD, reader->socket, &watch);
}

static void serve_reader(struct reader *reader, uint32_t happened)
{
    if (reader->where == GONE)
        return;
    if (reader->where == CONNECTING) {
        if (happened & (EPOLLERR | EPOLLHUP))
            forget(reader);
        else
            ask(reader);
        return;
    }
    ssize_t bytes = recv(reader->socket, raw, sizeof raw, 0);
    if (bytes < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    uint64_t now = now_ns();
    if (bytes <= 0)
        forget(reader);
    else if (reader->where == READING)
        take_body(reader, raw, (size_t)bytes, now);
    else
        take_head(reader, raw, (size_t)bytes, now);
}

/* --- who publishes ------------------------------------------------------------------------------------------ */

static struct {
    int port, socket;
    const char *path, *body;
    char **headers;
    int header_count;
    uint32_t waiting;           /* the number whose answer is awaited; 0: none */
    uint64_t asked;
    char answer[BODY_BYTES];
    size_t answer_bytes;
    uint32_t *taken;            /* microseconds until each answer */
    size_t answered, turned_down;
    int last_status;
} publisher = {.socket = -1};

static size_t fill_body(char *into, uint32_t number, uint64_t sent)
{
    const char *mark = strstr(publisher.body, "@MARK@"), *pad = strstr(publisher.body, "@PAD@");
    size_t made = 0;
    char *hole = NULL;
    for (const char *at = publisher.body; *at;)
        if (at == mark) {
            made += (size_t)sprintf(into + made, "crowd:%u:%llu;", number, (unsigned long long)sent);
            at += 6;
        } else if (at == pad) {
            hole = into + made;
            at += 5;
        } else
            into[made++] = *at++;
    size_t missing = hole && made < (size_t)body_bytes ? (size_t)body_bytes - made : 0;
    if (missing) {
        memmove(hole + missing, hole, made - (size_t)(hole - into));
        memset(hole, 'x', missing);
    }
    return made + missing;
}

static void publish(void)
{
    static char body[BODY_BYTES], request[2 * BODY_BYTES];
    if (publisher.socket < 0) {
        int one = 1;
        struct sockaddr_in to = loopback(INADDR_LOOPBACK, publisher.port);
        publisher.socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (publisher.socket < 0 || connect(publisher.socket, (struct sockaddr *)&to, sizeof to))
            give_up("cannot connect to publish");
        setsockopt(publisher.socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        struct epoll_event watch = {.events = EPOLLIN, .data.ptr = NULL};
        epoll_ctl(loop, EPOLL_CTL_ADD, publisher.socket, &watch);
    }
    uint32_t number = next_number++;
    if (number >= EVENTS_MAX) {
        errno = 0;
        give_up("more events than one run can number");
    }
    publisher.asked = events[number].sent = now_ns();
    publisher.waiting = number;
    publisher.answer_bytes = 0;
    size_t length = fill_body(body, number, publisher.asked);
    int head = snprintf(request, BODY_BYTES, "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: %zu\r\n",
                        publisher.path, publisher.port, length);
    for (int place = 0; place < publisher.header_count; place++)
        head += snprintf(request + head, BODY_BYTES - (size_t)head, "%s\r\n", publisher.headers[place]);
    head += snprintf(request + head, BODY_BYTES - (size_t)head, "\r\n");
    memcpy(request + head, body, length);
    if (send(publisher.socket, request, (size_t)head + length, MSG_NOSIGNAL) != (ssize_t)((size_t)head + length))
        give_up("cannot publish");
}

/* Whether the answer in `publisher.answer` has come to its end. */
static bool answer_is_whole(void)
{
    publisher.answer[publisher.answer_bytes] = 0;
    char *end = strstr(publisher.answer, "\r\n\r\n");
    if (!end)
        return false;
    char *length = strcasestr(publisher.answer, "\r\ncontent-length:");
    if (length && length < end)
        return publisher.answer_bytes >= (size_t)(end + 4 - publisher.answer) + strtoul(length + 17, NULL, 10);
    char *chunked = strcasestr(publisher.answer, "\r\ntransfer-encoding: chunked");
    return !(chunked && chunked < end) || strstr(end, "\r\n0\r\n\r\n") != NULL;
}

static void serve_publisher(void)
{
    size_t room = sizeof publisher.answer - 1 - publisher.answer_bytes;
    ssize_t bytes = recv(publisher.socket, publisher.answer + publisher.answer_bytes, room, MSG_DONTWAIT);
    if (bytes < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (bytes <= 0) { /* an idle connection may be ended at any time; the next event opens another */
        close(publisher.socket);
        publisher.socket = -1;
        if (publisher.waiting)
            publisher.turned_down++;
        publisher.waiting = 0;
        return;
    }
    publisher.answer_bytes += (size_t)bytes;
    if (!publisher.waiting || !answer_is_whole())
        return;
    publisher.last_status = atoi(publisher.answer + 9);
    if (publisher.last_status / 100 == 2)
        events[publisher.waiting].acknowledged = true;
    else
        publisher.turned_down++;
    publisher.taken[publisher.answered++] = (uint32_t)((now_ns() - publisher.asked) / 1000);
    publisher.waiting = 0;
}

/* --- phases ------------------------------------------------------------------------------------------------- */

static void turn(int milliseconds)
{
    static struct epoll_event ready[512];
    int count = epoll_wait(loop, ready, 512, milliseconds);
    for (int place = 0; place < count; place++)
        if (ready[place].data.ptr == NULL)
            serve_publisher();
        else
            serve_reader(ready[place].data.ptr, ready[place].events);
}

static double cpu_seconds(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static int by_size(const void *one, const void *other)
{
    uint32_t first = *(const uint32_t *)one, second = *(const uint32_t *)other;
    return (first > second) - (first < second);
}

static void print_times(const char *name, uint32_t *times, size_t count)
{
    qsort(times, count, sizeof *times, by_size);
    const int percents[] = {50, 95, 99};
    printf(", \"%s\": {\"count\": %zu", name, count);
    for (int place = 0; place < 3 && count; place++)
        printf(", \"p%d\": %.3f", percents[place], times[(count * (size_t)percents[place] + 99) / 100 - 1] / 1e3);
    printf(", \"max\": %.3f}", count ? times[count - 1] / 1e3 : 0.0);
}

static void tell_phase(uint32_t end, double seconds, double cpu, int due)
{
    static uint32_t lasts[EVENTS_MAX];
    size_t published = 0, acknowledged = 0, lost = 0;
    for (uint32_t number = phase_first; number < end; number++) {
        struct event *event = &events[number];
        if (!event->sent)
            continue;
        if (event->acknowledged || event->came) {
            acknowledged++;
            lost += event->came < (uint32_t)due ? (size_t)due - event->came : 0;
        }
        if (event->came)
            lasts[published] = (uint32_t)((event->last - event->sent) / 1000);
        published += event->came > 0;
    }
    printf("{\"acknowledged\": %zu, \"refused\": %zu, \"status\": %d, \"delivered\": %llu, \"lost\": %zu", acknowledged,
           publisher.turned_down, publisher.last_status, (unsigned long long)came_count, lost);
    printf(", \"duplicated\": %llu, \"disordered\": %llu, \"closed\": %d", (unsigned long long)duplicated,
           (unsigned long long)disordered, closed);
    printf(", \"seconds\": %.3f, \"cpu\": %.3f, \"bytes\": %.0f", seconds, cpu,
           came_count ? (double)event_bytes / (double)came_count : 0.0);
    print_times("delay", delays, delay_count);
    print_times("last", lasts, published);
    print_times("answer", publisher.taken, publisher.answered);
    printf("}\n");
}

static bool all_came(uint32_t end, int due)
{
    for (uint32_t number = phase_first; number < end; number++)
        if (events[number].acknowledged && events[number].came < (uint32_t)due)
            return false;
    return true;
}

static void run_phase(int count, double rate)
{
    uint32_t end = next_number + (uint32_t)count;
    int due = open_count;
    uint64_t began = now_ns(), last = began;
    double cpu = cpu_seconds();
    while (next_number < end || publisher.waiting) {
        uint64_t now = now_ns(), left = 1000000;
        if (next_number < end && !publisher.waiting) {
            uint64_t sent = (uint64_t)count - (end - next_number);
            uint64_t at = began + (rate > 0 ? (uint64_t)((double)sent * 1e9 / rate) : 0);
            if (now >= at) {
                publish();
                last = now;
                left = 0;
            } else if (at - now < left)
                left = at - now;
        }
        if (now - last > DRAIN_SECONDS * 1000000000ull)
            break;
        turn((int)((left + 999999) / 1000000));
    }
    while (now_ns() - last < DRAIN_SECONDS * 1000000000ull && !all_came(end, due))
        turn(20);
    tell_phase(end, (double)(now_ns() - began) / 1e9, cpu_seconds() - cpu, due);
}

static void listen_to(int count, double seconds)
{
    uint32_t end = next_number + (uint32_t)count;
    int due = open_count;
    uint64_t began = now_ns();
    double cpu = cpu_seconds();
    if (end > EVENTS_MAX)
        end = EVENTS_MAX;
    while ((double)(now_ns() - began) / 1e9 < seconds && came_count < (uint64_t)count * (uint64_t)due)
        turn(20);
    next_number = end;
    tell_phase(end, (double)(now_ns() - began) / 1e9, cpu_seconds() - cpu, due);
}

/* What comes between two phases counts in the next one. */
static void begin_phase(void)
{
    phase_first = next_number;
    delay_count = publisher.answered = publisher.turned_down = 0;
    duplicated = disordered = event_bytes = came_count = 0;
}

static void open_all(void)
{
    uint64_t began = now_ns();
    int next = 0;
    while (open_count + refused < reader_count && now_ns() - began < OPEN_SECONDS * 1000000000ull) {
        while (next < reader_count && opening < OPENING_MAX)
            connect_reader(&readers[next++]);
        turn(20);
    }
    printf("{\"open\": %d, \"refused\": %d, \"seconds\": %.3f}\n", open_count, reader_count - open_count,
           (double)(now_ns() - began) / 1e9);
}

/* One line of the input, while readers are served: false at its end. */
static bool next_line(char *line, size_t room)
{
    size_t length = 0;
    struct pollfd input[] = {{.fd = 0, .events = POLLIN}, {.fd = loop, .events = POLLIN}};
    while (length + 1 < room) {
        if (poll(input, 2, -1) < 0)
            return false;
        if (input[1].revents)
            turn(0);
        if (!input[0].revents)
            continue;
        if (read(0, line + length, 1) != 1)
            return false;
        if (line[length] == '\n')
            break;
        length++;
    }
    line[length] = 0;
    return true;
}

int main(int count, char **words)
{
    if (count < 6 || (count > 6 && count < 9)) {
        fprintf(stderr, "crowd READERS PORT PATH SOURCES BODY-BYTES [POST-PORT POST-PATH BODY [HEADER]...]\n");
        return 2;
    }
    reader_count = atoi(words[1]);
    reader_port = atoi(words[2]);
    reader_path = words[3];
    source_count = atoi(words[4]) > 0 ? atoi(words[4]) : 1;
    body_bytes = atoi(words[5]);
    if (count > 8) {
        publisher.port = atoi(words[6]);
        publisher.path = words[7];
        publisher.body = words[8];
        publisher.headers = words + 9;
        publisher.header_count = count - 9;
        if (strlen(publisher.body) + 64 > BODY_BYTES || body_bytes + 64 > BODY_BYTES)
            give_up("the body is longer than this bench publishes");
    }
    publisher.taken = calloc(EVENTS_MAX, sizeof *publisher.taken);
    readers = calloc((size_t)reader_count, sizeof *readers);
    loop = epoll_create1(EPOLL_CLOEXEC);
    if (!readers || !publisher.taken || loop < 0)
        give_up("cannot begin");
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdout, NULL, _IOLBF, 0);
    char line[128];
    begin_phase();
    while (next_line(line, sizeof line)) {
        int number;
        double amount;
        if (strcmp(line, "open") == 0)
            open_all();
        else if (sscanf(line, "phase %d %lf", &number, &amount) == 2) {
            run_phase(number, amount);
            begin_phase();
        } else if (sscanf(line, "listen %d %lf", &number, &amount) == 2) {
            listen_to(number, amount);
            begin_phase();
        } else
            printf("{\"error\": \"expected open, phase or listen\"}\n");
    }
    return 0;
}
