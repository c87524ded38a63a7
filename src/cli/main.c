/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <ganfield/init.h>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* Opens what the caller has closed of stdin, stdout and stderr, so that no file
 * of ours takes its number; writing there still fails. */
static void keep_streams(void)
{
    for (int i = 0; i <= STDERR_FILENO; i++) {
        if (fcntl(i, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != i)
            _exit(GF_EXIT_FAILED);
    }
}

/* OpenBLAS, where a module loads it, begins with no threads of its own, which
 * spin for a while before they sleep; those that a call asks for it makes then.
 */
static void begin_with_one_thread(void)
{
    (void)setenv("OPENBLAS_NUM_THREADS", "1", 0);
}

int main(int argc, char **argv)
{
    keep_streams();
    gf_init();
    begin_with_one_thread();
    signal(SIGPIPE, SIG_DFL);
    gf_interrupt_install();
    return gf_cli_run(argc, (const char *const *)argv, stdout, stderr);
}
