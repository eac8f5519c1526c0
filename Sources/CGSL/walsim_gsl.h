// The parts of the GNU Scientific Library that the Statistics target uses: inverse distribution
// functions, the generator interface, the gamma function, nonlinear least squares, and the error handler that it
// switches off.
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_gamma.h>

// GSL's global is a mutable pointer, which Swift rightly does not let concurrent code touch.
static inline const gsl_multifit_nlinear_type *walsim_trust_region(void) { return gsl_multifit_nlinear_trust; }
