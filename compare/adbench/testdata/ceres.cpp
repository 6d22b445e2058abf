// Bundle adjustment of ba1 by Ceres, for the table in PERFORMANCE.md:
//
//	g++ -O3 -march=native -I/usr/include/eigen3 ceres.cpp -o ceres -lceres -lglog && ./ceres ba/ba1.txt
#include <ceres/ceres.h>
#include <chrono>
#include <cstdio>
#include <vector>

struct Reprojection {
  const double *feature;
  template <typename T> bool operator()(const T *c, const T *x, const T *w, T *r) const {
    T a[3] = {x[0] - c[3], x[1] - c[4], x[2] - c[5]}, p[3];
    T square = c[0] * c[0] + c[1] * c[1] + c[2] * c[2];
    T angle = sqrt(square), si = sin(angle), co = cos(angle);
    T u[3] = {c[0] / angle, c[1] / angle, c[2] / angle};
    T along = (u[0] * a[0] + u[1] * a[1] + u[2] * a[2]) * (1.0 - co);
    for (int i = 0; i < 3; i++) {
      int j = (i + 1) % 3, k = (i + 2) % 3;
      p[i] = a[i] * co + (u[j] * a[k] - u[k] * a[j]) * si + u[i] * along;
    }
    T px = p[0] / p[2], py = p[1] / p[2], rr = px * px + py * py;
    T d = (1.0 + c[9] * rr + c[10] * rr * rr) * c[6];
    r[0] = w[0] * (px * d + c[7] - feature[0]);
    r[1] = w[0] * (py * d + c[8] - feature[1]);
    return true;
  }
};

struct Weight {
  template <typename T> bool operator()(const T *w, T *r) const { return r[0] = 1.0 - w[0] * w[0], true; }
};

int main(int argc, char **argv) {
  FILE *file = fopen(argv[1], "r");
  int n, m, k;
  double v[17];
  if (!file || fscanf(file, "%d %d %d", &n, &m, &k) != 3) return 1;
  for (double &x : v) if (fscanf(file, "%lf", &x) != 1) return 1;
  for (auto how : {ceres::SPARSE_NORMAL_CHOLESKY, ceres::SPARSE_SCHUR}) {
    std::vector<double> c(11 * n), x(3 * m), w(k, v[14]);
    for (size_t i = 0; i < c.size(); i++) c[i] = v[i % 11];
    for (size_t i = 0; i < x.size(); i++) x[i] = v[11 + i % 3];
    ceres::Problem p;
    for (int i = 0; i < k; i++) {
      p.AddResidualBlock(new ceres::AutoDiffCostFunction<Reprojection, 2, 11, 3, 1>(new Reprojection{v + 15}), nullptr, &c[11 * (i % n)], &x[3 * (i % m)], &w[i]);
      p.AddResidualBlock(new ceres::AutoDiffCostFunction<Weight, 1, 1>(new Weight), nullptr, &w[i]);
    }
    ceres::Solver::Options o;
    o.linear_solver_type = how;
    o.max_num_iterations = 100;
    o.function_tolerance = 1e-12;
    o.gradient_tolerance = o.parameter_tolerance = 1e-16;
    ceres::Solver::Summary s;
    auto start = std::chrono::steady_clock::now();
    ceres::Solve(o, &p, &s);
    std::chrono::duration<double> t = std::chrono::steady_clock::now() - start;
    printf("%s: cost %g after %d steps (%d not taken), %.2f s\n", ceres::LinearSolverTypeToString(how), s.final_cost, s.num_successful_steps, s.num_unsuccessful_steps, t.count());
  }
}
