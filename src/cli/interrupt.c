/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signals. The two variables are the exception to the rule that nothing is
 * mutable and global: a signal handler is given nothing else.
 */
#include "cli/cli.h"

#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t is_held;
static volatile sig_atomic_t came;

static void handle(int number)
{
    if (!is_held)
        _exit(GF_EXIT_SIGNAL + number);
    came = number;
}

void gf_interrupt_install(void)
{
    static const int number[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = handle}, old;

    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        /* Who started us with a signal ignored (nohup) wants it so. */
        if (sigaction(number[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(number[i], &action, NULL);
    }
}

void gf_interrupt_hold(void)
{
    is_held = 1;
}

bool gf_interrupt_came(void)
{
    return came != 0;
}

int gf_interrupt_release(void)
{
    int number = came;

    is_held = came = 0;
    return number ? GF_EXIT_SIGNAL + number : 0;
}
