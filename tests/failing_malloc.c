/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "failing_malloc.h"

#include <errno.h>

/* The linker turns calls of malloc into __wrap_malloc, and __real_malloc into
 * calls of malloc; it fixes these names. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);

static struct {
    size_t count, first, last;
    bool failed;
} plan;

void fail_nth_malloc(size_t n)
{
    plan.count = 0;
    plan.first = plan.last = n;
    plan.failed = false;
}

void fail_every_malloc_from(size_t n)
{
    fail_nth_malloc(n);
    plan.last = n > 0 ? (size_t)-1 : 0;
}

bool malloc_has_failed(void)
{
    return plan.failed;
}

size_t malloc_count(void)
{
    return plan.count;
}

static bool is_to_fail(void)
{
    plan.count++;
    if (plan.count < plan.first || plan.count > plan.last)
        return false;
    plan.failed = true;
    errno = ENOMEM;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return is_to_fail() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_to_fail() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *block, size_t size)
{
    return is_to_fail() ? NULL : __real_realloc(block, size);
}
