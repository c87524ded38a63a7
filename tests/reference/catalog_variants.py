# SPDX-License-Identifier: GPL-3.0-or-later
"""The variants of the catalogue, written out by hand from their papers.

Each pointwise variant is f1 f2 f3 with their first derivatives, each planar
one its two speeds.  catalog.py compares the derivatives with numerical ones.
"""
import mpmath as mp
from mpmath import mpf, exp, log, sqrt, inf

mp.mp.dps = 50
TINY = mpf(10) ** -30


class Pointwise:
    """f1, f2, f3 of x (D, or u under a link), their derivatives by hand."""

    def __init__(self, f1, f2, f3, d1, d2, d3, x0, domain=(-inf, inf),
                 divergence=None, kinks=()):
        self.f1, self.f2, self.f3 = f1, f2, f3
        self.d1, self.d2, self.d3 = d1, d2, d3
        self.x0, self.domain = mpf(x0), tuple(mpf(end) for end in domain)
        self.divergence, self.kinks = divergence, kinks
        self.p_d = mpf("0.2")

    def g(self, x):
        return self.f3(x) - self.f3(self.x0)

    def pi(self, x):
        return -self.p_d * self.d1(x) / self.d2(x)

    def at(self, x, p):
        return (self.p_d * self.d1(x) + p * self.d2(x), self.g(x))

    def jacobian(self, x, p):
        def slope(d):
            return mp.diff(d, x)
        return [[self.p_d * slope(self.d1) + p * slope(self.d2), self.d2(x)],
                [self.d3(x), mpf(0)]]

    def rest(self):
        return self.x0, self.p_d


class Planar:
    """A field (speed of the first axis, speed of the second)."""

    def __init__(self, at, smooth=True, conserves=None, spurious=()):
        self.at, self.smooth = at, smooth
        self.conserves, self.spurious = conserves, spurious

    def jacobian(self, x, y):
        return [[mp.diff(lambda *z, i=i: self.at(*z)[i], (x, y), order)
                 for order in ((1, 0), (0, 1))] for i in (0, 1)]

    def rest(self):
        return mpf(0), mpf(0)


# --- the pointwise variants -------------------------------------------------

def one(_):
    return mpf(1)


def identity(x):
    return x


def sigma(x):
    return 1 / (1 + exp(-x))


def softplus(x):
    return log(1 + exp(x)) if x < 0 else x + log(1 + exp(-x))


def lsgan(a, b, c):
    a, b, c = mpf(a), mpf(b), mpf(c)
    return Pointwise(lambda D: -(D - b) ** 2 / 2, lambda D: -(D - a) ** 2 / 2,
                     lambda D: -(D - c) ** 2 / 2, lambda D: -(D - b),
                     lambda D: -(D - a), lambda D: -(D - c), (a + b) / 2)


def fgan(conjugate, slope, x0, domain, divergence):
    """Minimax and alternative f-GAN in T, from f* and its derivative."""
    minimax = Pointwise(identity, lambda T: -conjugate(T), conjugate, one,
                        lambda T: -slope(T), slope, x0, domain, divergence)
    alternative = Pointwise(identity, lambda T: -conjugate(T), identity, one,
                            lambda T: -slope(T), one, x0, domain, divergence)
    return minimax, alternative


def jeffreys():
    """T = s/2 + 1 - exp(-s/2), f*(T) = exp(s/2) + s/2 - 1, in s."""
    def T(s):
        return s / 2 + 1 - exp(-s / 2)

    def dT(s):
        return mpf(1) / 2 + exp(-s / 2) / 2

    def star(s):
        return exp(s / 2) + s / 2 - 1

    def dstar(s):
        return exp(s / 2) / 2 + mpf(1) / 2

    def divergence(u):
        return (u - 1) * log(u)

    # Lambert's W gives f* as a function of T: an independent witness.
    for s in (mpf(-3), mpf("-0.4"), mpf("0.7"), mpf(5)):
        w = mp.lambertw(exp(1 - T(s)))
        assert abs(w + 1 / w + T(s) - 2 - star(s)) < TINY

    minimax = Pointwise(T, lambda s: -star(s), star, dT,
                        lambda s: -dstar(s), dstar, 0, divergence=divergence)
    alternative = Pointwise(T, lambda s: -star(s), T, dT,
                            lambda s: -dstar(s), dT, 0, divergence=divergence)
    return minimax, alternative


def alpha_divergence(alpha):
    k = alpha - 1
    domain = (-inf, 1 / (1 - alpha)) if alpha < 1 else (1 / (1 - alpha), inf)
    return fgan(lambda T: ((1 + k * T) ** (alpha / k) - 1) / alpha,
                lambda T: (1 + k * T) ** (1 / k), 0, domain,
                lambda u: (u ** alpha - 1 - alpha * (u - 1)) / (alpha * k))


def pointwise_variants(alpha=mpf(1) / 2):
    ln2 = log(mpf(2))
    v = {}
    v["classic"] = Pointwise(
        log, lambda D: log(1 - D), lambda D: -log(1 - D), lambda D: 1 / D,
        lambda D: -1 / (1 - D), lambda D: 1 / (1 - D), mpf(1) / 2, (0, 1))
    v["nonsaturating"] = Pointwise(
        log, lambda D: log(1 - D), log, lambda D: 1 / D,
        lambda D: -1 / (1 - D), lambda D: 1 / D, mpf(1) / 2, (0, 1))
    v["wgan"] = Pointwise(
        identity, lambda D: -D, identity, one, lambda D: mpf(-1), one, 0)
    v["quadratic"] = Pointwise(
        lambda D: -D ** 2 / 2, identity, lambda D: -D, lambda D: -D, one,
        lambda D: mpf(-1), 1)
    v["lsgan"] = lsgan(0, 1, 1)
    v["lsgan-symmetric"] = lsgan(-1, 1, 1)
    v["lsgan-pearson"] = lsgan(-1, 1, 0)
    v["hinge"] = Pointwise(
        lambda D: min(mpf(0), D - 1), lambda D: min(mpf(0), -D - 1), identity,
        lambda D: mpf(D < 1), lambda D: -mpf(D > -1), one, 0,
        kinks=(mpf(-1), mpf(1)))
    v["exponential"] = Pointwise(
        lambda D: -exp(-D), lambda D: -exp(D), exp, lambda D: exp(-D),
        lambda D: -exp(D), exp, 0)
    # In the logit, with f1(sigma(u)) = -softplus(-u) and so on.
    v["classic-logit"] = Pointwise(
        lambda u: -softplus(-u), lambda u: -softplus(u), softplus,
        lambda u: sigma(-u), lambda u: -sigma(u), sigma, 0)
    v["nonsaturating-logit"] = Pointwise(
        lambda u: -softplus(-u), lambda u: -softplus(u),
        lambda u: -softplus(-u), lambda u: sigma(-u), lambda u: -sigma(u),
        lambda u: sigma(-u), 0)

    families = {
        "kl": fgan(lambda T: exp(T - 1), lambda T: exp(T - 1), 1, (-inf, inf),
                   lambda u: u * log(u)),
        "reverse-kl": fgan(lambda T: -1 - log(-T), lambda T: -1 / T, -1,
                           (-inf, 0), lambda u: -log(u)),
        "pearson": fgan(lambda T: T ** 2 / 4 + T, lambda T: T / 2 + 1, 0,
                        (-inf, inf), lambda u: (u - 1) ** 2),
        "neyman": fgan(lambda T: 2 - 2 * sqrt(1 - T),
                       lambda T: 1 / sqrt(1 - T), 0, (-inf, 1),
                       lambda u: (1 - u) ** 2 / u),
        "hellinger": fgan(lambda T: T / (1 - T), lambda T: 1 / (1 - T) ** 2,
                          0, (-inf, 1), lambda u: (sqrt(u) - 1) ** 2),
        "jensen-shannon": fgan(
            lambda T: -log(2 - exp(T)), lambda T: exp(T) / (2 - exp(T)), 0,
            (-inf, ln2),
            lambda u: u * log(u) - (u + 1) * log((u + 1) / 2)),
        "gan": fgan(
            lambda T: -log(-mp.expm1(T)), lambda T: -exp(T) / mp.expm1(T),
            -ln2, (-inf, 0), lambda u: u * log(u) - (u + 1) * log(u + 1)),
        "jeffreys": jeffreys(),
        "total-variation": fgan(identity, one, 0,
                                (-mpf(1) / 2, mpf(1) / 2), None),
        "alpha": alpha_divergence(alpha),
    }
    for name, (minimax, alternative) in families.items():
        v[name] = minimax
        v[name + "-alternative"] = alternative
    return v


# --- the planar variants ----------------------------------------------------

def slope(t):
    """f'(t) of f(t) = -log(1 + exp(-t))."""
    return 1 / (1 + exp(t))


def curvature(t):
    """f''(t)."""
    return -1 / ((1 + exp(t)) * (1 + exp(-t)))


def dirac_r(strength):
    return Planar(lambda x, y: (-y * slope(x * y),
                                x * slope(x * y) - strength * y))


def wgan_gp(gamma, g0):
    return Planar(lambda x, y: (
        -y, x - gamma * mp.sign(y) * (abs(y) - g0)), smooth=g0 == 0)


def instance_noise(width):
    """E over two normal variables, by quadrature on 12 standard deviations."""
    def mean(h):
        return mp.quad(lambda t: h(t) * mp.npdf(t), [-12, -6, -2, 0, 2, 6, 12])

    def at(x, y):
        return (-y * mean(lambda t: slope((x + width * t) * y)),
                mean(lambda t: (x + width * t) * slope((x + width * t) * y)
                     - width * t * slope(-width * t * y)))

    return at


def noise_jacobian(width):
    """Derivatives under the mean, at the rest point: E t = 0, E t^2 = 1."""
    return [[mpf(0), -slope(0)],
            [slope(0), 2 * width ** 2 * curvature(0)]]


def consensus(gamma):
    def at(x, y):
        t = x * y
        common = (x ** 2 + y ** 2) * slope(t) * curvature(t)
        return (-y * slope(t) - gamma * (x * slope(t) ** 2 + common * y),
                x * slope(t) - gamma * (y * slope(t) ** 2 + common * x))

    # Elsewhere than at 0: (radial) 1 = 2 t sigma(t), (angular)
    # x^2 - y^2 = 1/(gamma f''(t)), with t = x y.
    t = mp.findroot(lambda t: 1 - 2 * t * sigma(t), mpf("0.7"))
    d = 1 / (gamma * curvature(t))
    x = sqrt((d + sqrt(d ** 2 + 4 * t ** 2)) / 2)
    return Planar(at, spurious=((x, t / x), (-x, -t / x)))


def planar_variants(gamma=mpf("0.3"), sigma=mpf("0.7"), pull=mpf(1)):
    """pull: the gamma of dirac-consensus, whose default differs."""
    def radius(x, y):
        return x ** 2 + y ** 2

    v = {}
    v["bilinear"] = Planar(lambda x, y: (-y, x), conserves=radius)
    v["dirac-gan"] = Planar(
        lambda x, y: (-y * slope(x * y), x * slope(x * y)), conserves=radius)
    v["dirac-nsgan"] = Planar(
        lambda x, y: (-y * slope(-x * y), x * slope(x * y)))
    v["dirac-wgan"] = Planar(lambda x, y: (-y, x), conserves=radius)
    v["dirac-lsgan"] = Planar(
        lambda x, y: (-y * (x * y - 1), -x * (x * y + 1)))
    v["dirac-hinge"] = Planar(
        lambda x, y: (-y, x * (x * y < 1)), conserves=radius)
    v["dirac-r1"] = dirac_r(gamma)
    v["dirac-r2"] = dirac_r(gamma)
    v["dirac-r1r2"] = dirac_r(2 * gamma)
    v["dirac-wgan-gp"] = wgan_gp(gamma, mpf(1))
    v["dirac-instance-noise"] = Planar(instance_noise(sigma))
    v["dirac-instance-noise"].jacobian = lambda x, y: noise_jacobian(sigma)
    v["dirac-consensus"] = consensus(pull)
    return v
