/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/init.h>

#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    gf_init();
    printf("ganfield %s\n", gf_version());
    return EXIT_SUCCESS;
}
