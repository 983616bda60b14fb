/* Kills the process at the N-th write, sync, rename or removal below a folder; loaded before everything else (LD_PRELOAD).
   FAULT_ROOT the folder, FAULT_AT the N (0: only count), FAULT_TORN set: a write is done by half first, FAULT_REPORT where the count goes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static const char *root;
static long at, seen;
static int torn;

__attribute__((constructor)) static void begin(void) {
    root = getenv("FAULT_ROOT");
    at = getenv("FAULT_AT") ? atol(getenv("FAULT_AT")) : 0;
    torn = getenv("FAULT_TORN") != NULL;
    unsetenv("LD_PRELOAD");
}

static void report(void) {
    const char *path = getenv("FAULT_REPORT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) { fprintf(file, "%ld\n", seen); fclose(file); }
}

static int below(const char *path) { return root && path && strncmp(path, root, strlen(root)) == 0; }

static int file_below(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0) return 0;
    path[size] = 0;
    return below(path);
}

static int now(int ours) { return ours && __sync_add_and_fetch(&seen, 1) == at; }
static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *content, size_t size) {
    if (now(file_below(fd))) { if (torn) REAL(write)(fd, content, size / 2); die(); }
    return REAL(write)(fd, content, size);
}
ssize_t pwrite(int fd, const void *content, size_t size, off_t offset) {
    if (now(file_below(fd))) { if (torn) REAL(pwrite)(fd, content, size / 2, offset); die(); }
    return REAL(pwrite)(fd, content, size, offset);
}
ssize_t pwrite64(int fd, const void *content, size_t size, off64_t offset) {
    if (now(file_below(fd))) { if (torn) REAL(pwrite64)(fd, content, size / 2, offset); die(); }
    return REAL(pwrite64)(fd, content, size, offset);
}
int fsync(int fd) { if (now(file_below(fd))) die(); return REAL(fsync)(fd); }
int fdatasync(int fd) { if (now(file_below(fd))) die(); return REAL(fdatasync)(fd); }
int ftruncate(int fd, off_t size) { if (now(file_below(fd))) die(); return REAL(ftruncate)(fd, size); }
int ftruncate64(int fd, off64_t size) { if (now(file_below(fd))) die(); return REAL(ftruncate64)(fd, size); }
int rename(const char *old, const char *new) { if (now(below(new))) die(); return REAL(rename)(old, new); }
int unlink(const char *path) { if (now(below(path))) die(); return REAL(unlink)(path); }
__attribute__((destructor)) static void finish(void) { report(); }
void _exit(int status) { report(); REAL(_exit)(status); for (;;) pause(); }
int mkdir(const char *path, mode_t mode) { if (now(below(path))) die(); return REAL(mkdir)(path, mode); }
