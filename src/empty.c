/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program of the link proof in src/meson.build. */
int main(void)
{
    return 0;
}
