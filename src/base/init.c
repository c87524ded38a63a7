/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/init.h>

#include <gsl/gsl_errno.h>

void gf_init(void)
{
    gsl_set_error_handler_off();
}

const char *gf_version(void)
{
    return GF_VERSION;
}
