/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/journal.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char magic[24] = "ganfield journal 1\n";

/* The head of the file; the identity follows. */
typedef struct head {
    char magic[sizeof magic];
    uint64_t identity, cells, tile, width;
    uint64_t hash; /* of what stands before, and of the identity */
} head;

/* The finaliser of splitmix64. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static uint64_t hash_bytes(uint64_t seed, const void *bytes, size_t count)
{
    const unsigned char *at = bytes;
    uint64_t word, sum = mix(seed + count);

    for (; count >= sizeof word; count -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        sum ^= sum >> 32;
    }
    word = 0;
    memcpy(&word, at, count);
    return mix(sum ^ word);
}

static uint64_t hash_head(const head *h, const char *identity)
{
    uint64_t sum = hash_bytes(1, h, offsetof(head, hash));

    return hash_bytes(sum, identity, h->identity);
}

/* Never 0, which stands for a tile that is not done. */
static uint64_t mark_of(size_t tile, const double *data, size_t count)
{
    return hash_bytes(tile + 2, data, count * sizeof *data) | 1;
}

/* --- reading and writing ----------------------------------------------- */

static gf_status fail(gf_error *error, gf_status status, const char *path)
{
    char reason[128] = "the file is too short";
    int code = errno;

    if (code && strerror_r(code, reason, sizeof reason))
        snprintf(reason, sizeof reason, "error %d", code);
    return gf_error_set(error, status, "cannot %s '%s': %s",
                        status == GF_READ ? "read" : "write", path, reason);
}

static bool put(int file, const void *bytes, size_t count, uint64_t at)
{
    const char *from = bytes;

    while (count > 0) {
        ssize_t n = pwrite(file, from, count, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        from += n;
        at += (uint64_t)n;
        count -= (size_t)n;
    }
    return true;
}

static bool get(int file, void *bytes, size_t count, uint64_t at)
{
    char *to = bytes;

    errno = 0;
    while (count > 0) {
        ssize_t n = pread(file, to, count, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        to += n;
        at += (uint64_t)n;
        count -= (size_t)n;
    }
    return true;
}

/* --- creating ---------------------------------------------------------- */

static head head_of(const gf_journal_shape *shape)
{
    head h = {.identity = strlen(shape->identity),
              .cells = shape->cells,
              .tile = shape->tile,
              .width = shape->width};

    memcpy(h.magic, magic, sizeof magic);
    h.hash = hash_head(&h, shape->identity);
    return h;
}

static uint64_t size_of(const gf_journal *j)
{
    return j->data_at + (uint64_t)j->cells * j->width * sizeof(double);
}

static gf_status lock(const gf_journal *j, gf_error *error)
{
    struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

    if (fcntl(j->file, F_SETLK, &all) == 0)
        return GF_OK;
    if (errno == EACCES || errno == EAGAIN)
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s' is in use: the same computation is running",
                            j->path);
    return fail(error, GF_WRITE, j->path);
}

/* Writes the head, finds room for all that is to come, and only then gives the
 * file its name. */
static gf_status fill_new(const gf_journal *j, const char *temporary,
                          const gf_journal_shape *shape, gf_error *error)
{
    head h = head_of(shape);
    gf_status status = lock(j, error);

    if (status)
        return status;
    errno = posix_fallocate(j->file, 0, (off_t)size_of(j));
    if (errno && errno != EINVAL && errno != EOPNOTSUPP)
        return fail(error, GF_WRITE, j->path);
    if (ftruncate(j->file, (off_t)size_of(j)) ||
        !put(j->file, &h, sizeof h, 0) ||
        !put(j->file, shape->identity, h.identity, sizeof h) ||
        (link(temporary, j->path) &&
         (errno == EEXIST || rename(temporary, j->path))))
        return fail(error, GF_WRITE, j->path);
    return GF_OK;
}

static gf_status create(gf_journal *j, const gf_journal_shape *shape,
                        gf_error *error)
{
    gf_text name;
    gf_status status;

    gf_text_init(&name);
    gf_text_addf(&name, "%s-%ld", j->path, (long)getpid());
    if (name.failed) {
        gf_text_clear(&name);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    j->file = open(name.data, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (j->file < 0) {
        status = fail(error, GF_WRITE, j->path);
    } else {
        status = fill_new(j, name.data, shape, error);
        unlink(name.data);
    }
    gf_text_clear(&name);
    return status;
}

/* --- resuming ---------------------------------------------------------- */

/* The first line in which two texts differ, of the one that is there. */
static gf_status differ(const gf_journal *j, const char *there,
                        const char *wanted, gf_error *error)
{
    while (*there && *wanted) {
        size_t a = strcspn(there, "\n"), b = strcspn(wanted, "\n");
        if (a != b || memcmp(there, wanted, a) != 0)
            return gf_error_set(error, GF_ARGUMENT,
                                "'%s' is of another computation: it has '%.*s' "
                                "where this one has '%.*s'; remove it to begin "
                                "anew",
                                j->path, (int)(a < 150 ? a : 150), there,
                                (int)(b < 150 ? b : 150), wanted);
        there += a + (there[a] == '\n');
        wanted += b + (wanted[b] == '\n');
    }
    return gf_error_set(error, GF_ARGUMENT,
                        "'%s' is of another computation; remove it to begin "
                        "anew",
                        j->path);
}

static gf_status not_ours(const gf_journal *j, gf_error *error)
{
    return gf_error_set(error, GF_READ,
                        "'%s' is no journal of a computation, or broken; "
                        "remove it to begin anew",
                        j->path);
}

static gf_status check_identity(const gf_journal *j, const head *there,
                                const gf_journal_shape *shape, gf_error *error)
{
    head wanted = head_of(shape);
    char *identity = calloc(there->identity + 1, 1);
    gf_status status = GF_OK;

    if (!identity)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    if (!get(j->file, identity, there->identity, sizeof *there) ||
        hash_head(there, identity) != there->hash)
        status = not_ours(j, error);
    else if (memcmp(there, &wanted, sizeof wanted) != 0)
        status = differ(j, identity, shape->identity, error);
    free(identity);
    return status;
}

static gf_status take_up(gf_journal *j, const gf_journal_shape *shape,
                         gf_error *error)
{
    struct stat stat;
    head there;
    gf_status status = lock(j, error);

    if (status)
        return status;
    if (fstat(j->file, &stat))
        return fail(error, GF_READ, j->path);
    if (!get(j->file, &there, sizeof there, 0) ||
        memcmp(there.magic, magic, sizeof magic) != 0 ||
        there.identity > (uint64_t)stat.st_size)
        return not_ours(j, error);
    status = check_identity(j, &there, shape, error);
    if (!status && (uint64_t)stat.st_size != size_of(j))
        status = not_ours(j, error);
    return status;
}

/* --- the interface ----------------------------------------------------- */

static gf_status set_shape(gf_journal *j, const char *path,
                           const gf_journal_shape *shape, gf_error *error)
{
    *j = (gf_journal){.file = -1,
                      .cells = shape->cells,
                      .tile = shape->tile,
                      .width = shape->width,
                      .tiles = (shape->cells + shape->tile - 1) / shape->tile};
    /* whole words, so that a mark is never torn by a page's end */
    j->marks_at = (sizeof(head) + strlen(shape->identity) + 7) / 8 * 8;
    j->data_at = j->marks_at + j->tiles * sizeof(uint64_t);
    j->path = strdup(path);
    return j->path ? GF_OK : gf_error_set(error, GF_MEMORY, "out of memory");
}

gf_status gf_journal_open(gf_journal *j, const char *path,
                          const gf_journal_shape *shape, bool resume,
                          gf_error *error)
{
    gf_status status = set_shape(j, path, shape, error);

    if (status)
        return status;
    j->file = open(path, O_RDWR | O_CLOEXEC);
    if (j->file < 0 && errno == ENOENT)
        status = create(j, shape, error);
    else if (j->file < 0)
        status = fail(error, GF_READ, path);
    else if (!resume)
        status = gf_error_set(error, GF_ARGUMENT,
                              "'%s' holds a computation that was interrupted: "
                              "go on with --resume, or remove it",
                              path);
    else
        status = take_up(j, shape, error);
    if (status)
        gf_journal_close(j, false);
    return status;
}

size_t gf_journal_count(const gf_journal *j, size_t tile)
{
    size_t left = j->cells - tile * j->tile;

    return left < j->tile ? left : j->tile;
}

static uint64_t place_of(const gf_journal *j, size_t tile)
{
    return j->data_at + (uint64_t)tile * j->tile * j->width * sizeof(double);
}

bool gf_journal_read(const gf_journal *j, size_t tile, double *out)
{
    size_t count = gf_journal_count(j, tile) * j->width;
    uint64_t mark;

    return get(j->file, &mark, sizeof mark, j->marks_at + tile * sizeof mark) &&
           mark != 0 &&
           get(j->file, out, count * sizeof *out, place_of(j, tile)) &&
           mark_of(tile, out, count) == mark;
}

gf_status gf_journal_keep(const gf_journal *j, size_t tile, const double *data,
                          gf_error *error)
{
    size_t count = gf_journal_count(j, tile) * j->width;
    uint64_t mark = mark_of(tile, data, count);

    if (!put(j->file, data, count * sizeof *data, place_of(j, tile)) ||
        !put(j->file, &mark, sizeof mark, j->marks_at + tile * sizeof mark))
        return fail(error, GF_WRITE, j->path);
    return GF_OK;
}

void gf_journal_close(gf_journal *j, bool forget)
{
    if (j->file >= 0 && forget)
        unlink(j->path);
    if (j->file >= 0)
        close(j->file);
    free(j->path);
    *j = (gf_journal){.file = -1};
}
