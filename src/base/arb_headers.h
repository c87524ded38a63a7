/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arb's headers, wherever they are: inside FLINT since FLINT 3, on their own
 * before. The only file that knows the difference.
 */
#ifndef GANFIELD_BASE_ARB_HEADERS_H
#define GANFIELD_BASE_ARB_HEADERS_H

#if defined(GF_ARB_IN_FLINT)
#include <flint/acb.h>
#include <flint/arb.h>
#include <flint/arb_fmpz_poly.h>
#include <flint/arb_hypgeom.h>
#include <flint/arf.h>
#include <flint/fmpq.h>
#include <flint/mag.h>
#else
#include <acb.h>
#include <arb.h>
#include <arb_fmpz_poly.h>
#include <arb_hypgeom.h>
#include <arf.h>
#include <flint/fmpq.h>
#include <mag.h>
#endif

#endif
