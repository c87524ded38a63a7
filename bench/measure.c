/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a whole process costs: runs a command and prints, per run, a line
 *
 *     CPU time in ms (user and system), wall time in ms, peak memory in KiB
 *
 * A program of its own because the peak that the kernel reports for a child
 * counts its parent's pages until it executes: a script would measure itself.
 *
 *     measure RUNS COMMAND [ARGUMENT...]
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double milliseconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static double of_timeval(struct timeval t)
{
    return (double)t.tv_sec * 1e3 + (double)t.tv_usec * 1e-3;
}

/* Replaces the child by the command, its output thrown away. */
static void become(char **command)
{
    int nowhere = open("/dev/null", O_WRONLY);

    if (nowhere >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0)
        execvp(command[0], command);
    perror(command[0]);
    _exit(127);
}

static int run(char **command)
{
    struct rusage use;
    double start = milliseconds();
    pid_t child = fork();
    int status;

    if (child == 0)
        become(command);
    if (child < 0 || wait4(child, &status, 0, &use) != child) {
        perror("measure");
        return 1;
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "measure: '%s' failed\n", command[0]);
        return 1;
    }
    printf("%.3f %.3f %ld\n",
           of_timeval(use.ru_utime) + of_timeval(use.ru_stime),
           milliseconds() - start, use.ru_maxrss);
    return 0;
}

int main(int argc, char **argv)
{
    int runs = argc > 2 ? atoi(argv[1]) : 0;

    if (runs < 1) {
        fprintf(stderr, "usage: measure RUNS COMMAND [ARGUMENT...]\n");
        return 2;
    }
    for (int i = 0; i < runs; i++)
        if (run(argv + 2))
            return 1;
    return 0;
}
