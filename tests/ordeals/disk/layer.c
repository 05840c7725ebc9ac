/* A disk that fails when told to and writes down everything it is given: a layer below one folder of one process, preloaded
 * into it (LD_PRELOAD), so that it also reaches a database that does its own I/O. No meaning of any file may live here.
 *
 * PULANG_DISK_ROOT  the folder, absolute; everything else passes through untouched.
 * PULANG_DISK_LOG   where the recording goes, outside of the folder; without it nothing is recorded.
 * PULANG_DISK_FAIL  a plan from the start, as below.
 *
 * The process speaks to it by opening paths that cannot exist (the answer is always ENOENT):
 *   /pulang-disk/mark/TEXT                       a marker in the recording
 *   /pulang-disk/fail/WHAT/AFTER/COUNT/ERRNO/IN  the operations of a sort (write, sync, open, name, any) whose path
 *                                                contains IN: after so many, so many fail (0: for good); a write that fails
 *                                                takes half of its bytes first. ERRNO 0: it is only short.
 *   /pulang-disk/heal                            nothing fails any more
 *   /pulang-disk/count/PATH                      puts the number of operations met by the plan into a file
 * Syncs are written down and not done: what a power cut leaves is made from the recording. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 65536
static struct { char on, is_dir; uint64_t ino; char *path; } fds[FDS];
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static int log_fd = -1;
static struct { char what; long after, count, met; int error; char in[128]; } plan;

#define REAL(ret, name, ...) static ret (*real_##name)(__VA_ARGS__)
REAL(int, open64, const char *, int, ...);
REAL(int, openat64, int, const char *, int, ...);
REAL(ssize_t, write, int, const void *, size_t);
REAL(ssize_t, writev, int, const struct iovec *, int);
REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
REAL(int, ftruncate64, int, off64_t);
REAL(int, rename, const char *, const char *);
REAL(int, unlink, const char *);
REAL(int, unlinkat, int, const char *, int);
REAL(int, mkdir, const char *, mode_t);
REAL(int, rmdir, const char *);
REAL(int, close, int);

static void plan_from(const char *text) {
    char what[16] = "";
    memset(&plan, 0, sizeof plan);
    if (sscanf(text, "%15[^/]/%ld/%ld/%d/%127s", what, &plan.after, &plan.count, &plan.error, plan.in) >= 4)
        plan.what = what[0];
}

__attribute__((constructor)) static void begin(void) {
#define FIND(name) real_##name = dlsym(RTLD_NEXT, #name)
    FIND(open64); FIND(openat64); FIND(write); FIND(writev); FIND(pwrite64); FIND(ftruncate64); FIND(rename);
    FIND(unlink); FIND(unlinkat); FIND(mkdir); FIND(rmdir); FIND(close);
    const char *folder = getenv("PULANG_DISK_ROOT"), *log = getenv("PULANG_DISK_LOG"), *fail = getenv("PULANG_DISK_FAIL");
    if (folder) snprintf(root, sizeof root, "%s", folder);
    if (log) log_fd = real_open64(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fail) plan_from(fail);
}

/* ---- the recording: kind u8, ino u64, offset u64, length u32, bytes */

static void note(char kind, uint64_t ino, uint64_t at, const void *bytes, uint32_t len) {
    if (log_fd < 0) return;
    char head[21];
    head[0] = kind;
    memcpy(head + 1, &ino, 8), memcpy(head + 9, &at, 8), memcpy(head + 17, &len, 4);
    struct iovec both[2] = {{head, sizeof head}, {(void *)bytes, len}};
    if (real_writev(log_fd, both, len ? 2 : 1) != (ssize_t)(sizeof head + len)) abort();
}

static void note_path(char kind, uint64_t ino, const char *path) { note(kind, ino, 0, path, strlen(path)); }

/* Both names of a rename, with a NUL between. */
static void note_paths(char kind, const char *from, const char *to) {
    char both[2 * PATH_MAX];
    int len = snprintf(both, sizeof both, "%s%c%s", from, 0, to);
    note(kind, 0, 0, both, len);
}

static int is_below(const char *path) {
    size_t len = strlen(root);
    return len && strncmp(path, root, len) == 0 && (path[len] == '/' || path[len] == 0);
}

/* Makes a path absolute; 0 when it is not below the folder. */
static int below(int dir, const char *path, char *out) {
    if (path[0] == '/') {
        snprintf(out, PATH_MAX, "%s", path);
    } else {
        char link[64], base[PATH_MAX];
        snprintf(link, sizeof link, dir == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", dir);
        ssize_t len = readlink(link, base, sizeof base - 1);
        if (len < 0) return 0;
        base[len] = 0;
        if (snprintf(out, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) return 0;
    }
    size_t len = strlen(out);
    while (len > 1 && (out[len - 1] == '/' || (out[len - 1] == '.' && out[len - 2] == '/'))) out[--len] = 0;
    return is_below(out);
}

/* The error with which an operation fails now; 0: none, -1: a short write. */
static int failing(char what, const char *path) {
    if (!plan.what || (plan.what != 'a' && plan.what != what) || !strstr(path, plan.in)) return 0;
    long nth = plan.met++;
    if (nth < plan.after || (plan.count && nth >= plan.after + plan.count)) return 0;
    return plan.error ? plan.error : (what == 'w' ? -1 : 0);
}

static int told(const char *path) {
    static const char ours[] = "/pulang-disk/";
    if (strncmp(path, ours, sizeof ours - 1) != 0) return 0;
    path += sizeof ours - 1;
    pthread_mutex_lock(&one_at_a_time);
    if (strncmp(path, "mark/", 5) == 0) note_path('M', 0, path + 5);
    if (strncmp(path, "fail/", 5) == 0) plan_from(path + 5);
    if (strncmp(path, "heal", 4) == 0) plan.what = 0;
    if (strncmp(path, "count/", 6) == 0) {
        char text[32];
        int fd = real_open64(path + 5, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (fd < 0 || real_write(fd, text, snprintf(text, sizeof text, "%ld", plan.met)) < 0) abort();
        real_close(fd);
    }
    pthread_mutex_unlock(&one_at_a_time);
    errno = ENOENT;
    return 1;
}

/* ---- files */

static int opened(int dir, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    if (told(path)) return -1;
    if (!below(dir, path, full)) {
        int fd = real_openat64(dir, path, flags, mode);
        /* A folder that was listed is closed behind our back. */
        if (fd >= 0 && fd < FDS) fds[fd].on = 0;
        return fd;
    }
    pthread_mutex_lock(&one_at_a_time);
    struct stat64 before, now;
    int was_there = stat64(full, &before) == 0;
    int makes = (flags & O_CREAT) && !was_there;
    int error = failing('o', full);
    if (!error && makes) error = failing('n', full);
    int fd = -1;
    if (error) errno = error;
    else fd = real_openat64(dir, path, flags, mode);
    if (fd >= 0 && fd < FDS && fstat64(fd, &now) == 0) {
        if (S_ISREG(now.st_mode)) {
            note_path(makes ? 'C' : 'E', now.st_ino, full);
            if ((flags & O_TRUNC) && was_there && before.st_size) note('T', now.st_ino, 0, 0, 0);
        }
        free(fds[fd].path);
        fds[fd].on = 1, fds[fd].is_dir = S_ISDIR(now.st_mode), fds[fd].ino = now.st_ino, fds[fd].path = strdup(full);
    }
    pthread_mutex_unlock(&one_at_a_time);
    return fd;
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | __O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int dir, const char *path, int flags, ...) { MODE(flags) return opened(dir, path, flags, mode); }
int openat64(int dir, const char *path, int flags, ...) { MODE(flags) return opened(dir, path, flags, mode); }

int close(int fd) {
    if (fd >= 0 && fd < FDS && fds[fd].on) {
        pthread_mutex_lock(&one_at_a_time);
        fds[fd].on = 0;
        pthread_mutex_unlock(&one_at_a_time);
    }
    return real_close(fd);
}

static int is_ours(int fd) { return fd >= 0 && fd < FDS && fds[fd].on; }

/* at < 0: where the file stands. */
static ssize_t written(int fd, const void *bytes, size_t len, off64_t at) {
    if (!is_ours(fd) || fds[fd].is_dir) return at < 0 ? real_write(fd, bytes, len) : real_pwrite64(fd, bytes, len, at);
    pthread_mutex_lock(&one_at_a_time);
    int error = failing('w', fds[fd].path);
    /* A failing write takes half of its bytes, and the next one says why: a real disk says so at once, or later. */
    size_t takes = error ? len / 2 : len;
    off64_t from = at < 0 ? lseek64(fd, 0, SEEK_CUR) : at;
    ssize_t done = takes || !error ? (at < 0 ? real_write(fd, bytes, takes) : real_pwrite64(fd, bytes, takes, at)) : 0;
    if (done > 0) note('W', fds[fd].ino, from, bytes, done);
    if (error > 0) errno = error, done = -1;
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

ssize_t write(int fd, const void *bytes, size_t len) { return written(fd, bytes, len, -1); }
ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at) { return written(fd, bytes, len, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t at) { return written(fd, bytes, len, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) {
    /* A part at a time is a short write, which every caller must bear. */
    if (!is_ours(fd) || fds[fd].is_dir) return real_writev(fd, parts, count);
    for (int i = 0; i < count; i++)
        if (parts[i].iov_len) return written(fd, parts[i].iov_base, parts[i].iov_len, -1);
    return 0;
}

static int cut(int fd, off64_t len) {
    if (!is_ours(fd)) return real_ftruncate64(fd, len);
    pthread_mutex_lock(&one_at_a_time);
    int error = failing('w', fds[fd].path), done = -1;
    if (error > 0) errno = error;
    else if ((done = real_ftruncate64(fd, len)) == 0) note('T', fds[fd].ino, len, 0, 0);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

int ftruncate(int fd, off_t len) { return cut(fd, len); }
int ftruncate64(int fd, off64_t len) { return cut(fd, len); }

static int synced(int fd) {
    if (!is_ours(fd)) return 0;
    pthread_mutex_lock(&one_at_a_time);
    int error = failing('s', fds[fd].path);
    if (error > 0) errno = error;
    else note_path(fds[fd].is_dir ? 'Y' : 'S', fds[fd].ino, fds[fd].path);
    pthread_mutex_unlock(&one_at_a_time);
    return error > 0 ? -1 : 0;
}

int fsync(int fd) { return synced(fd); }
int fdatasync(int fd) { return synced(fd); }
/* Starts writing back; promises nothing about a power cut, but tells an error. */
int sync_file_range(int fd, off64_t from, off64_t len, unsigned flags) {
    (void)from, (void)len, (void)flags;
    if (!is_ours(fd)) return 0;
    pthread_mutex_lock(&one_at_a_time);
    int error = failing('s', fds[fd].path);
    pthread_mutex_unlock(&one_at_a_time);
    if (error > 0) errno = error;
    return error > 0 ? -1 : 0;
}

/* ---- names */

#define NAMED(dir, path, kind, call) \
    char full[PATH_MAX]; \
    if (!below(dir, path, full)) return call; \
    pthread_mutex_lock(&one_at_a_time); \
    int error = failing('n', full), done = -1; \
    if (error > 0) errno = error; \
    else if ((done = call) == 0) note_path(kind, 0, full); \
    pthread_mutex_unlock(&one_at_a_time); \
    return done;

int unlink(const char *path) { NAMED(AT_FDCWD, path, 'U', real_unlink(path)) }
int unlinkat(int dir, const char *path, int flags) {
    NAMED(dir, path, (flags & AT_REMOVEDIR) ? 'X' : 'U', real_unlinkat(dir, path, flags))
}
int mkdir(const char *path, mode_t mode) { NAMED(AT_FDCWD, path, 'D', real_mkdir(path, mode)) }
int rmdir(const char *path) { NAMED(AT_FDCWD, path, 'X', real_rmdir(path)) }
int rename(const char *from, const char *to) {
    char a[PATH_MAX], b[PATH_MAX];
    if (!below(AT_FDCWD, from, a) || !below(AT_FDCWD, to, b)) return real_rename(from, to);
    pthread_mutex_lock(&one_at_a_time);
    int error = failing('n', b), done = -1;
    if (error > 0) errno = error;
    else if ((done = real_rename(from, to)) == 0) note_paths('R', a, b);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}
