/** Worksheets whose derivations take every turn that a derivation can take. */
export const moreSheets: Readonly<Record<string, string>> = {
  'second derivatives': `
z = w x
y = sigmoid(z)
C = (y - t)^2
find d2C/dw^2, d2C/dw dx
`,
  'several derivatives in one ask': `
y = tanh(w x)
C = (y - t)^2
find dC/dw + lambda w, dC/dw dC/dx, 1/2 dC/dt
find w - eta dC/dw
`,
  'a sum of derivatives': `
y_i = tanh(w x_i) for i = 1..n
C = sum_i (y_i - t_i)^2
find dC/dw, sum_i dC/dx_i
`,
  'several cases': `
f_l = tanh(w_l f_{l-1}) for l = 1..L
C = (y - f_L)^2
find dC/df_l, dC/dw_l
`,
  'layers with a known depth': `
f_l = tanh(w_l f_{l-1}) for l = 1..L
C = (y - f_L)^2
L = 3
find dC/dw_1, dC/dw_L
find dC/dw_1 in terms of w, f, y
`,
  'softmax and its assumption': `
z_k = sum_j W_kj x_j
p = softmax(z)
C = -sum_k y_k log(p_k)
assume sum_k y_k = 1
find dC/dz_i, dC/dW_ij, dp_i/dz_j
`,
  'functions of the sheet': `
f(x) = x^2/(1 + x^2)
y = f(w x)
find dy/dw
find d/dx f(x)
`,
  'functions that use more than their arguments': `
D(x) = sigmoid(w x + b)
G(z) = a z + c
V = log(D(x)) + log(1 - D(G(z)))
find dV/dw, dV/da, D(x), D'(x)
find d/dw D'(x)
`,
  'calculus alone': `
find d/dx (x^2 sin(x) exp(-x))
find d/dv_2 sum_{i=1}^{3} v_i^2 u_i
simplify e^(-z)/(1+e^(-z))^2
simplify (a + b)^2 - a^2 - b^2
simplify d/dz sigmoid(z) - sigmoid(z) (1 - sigmoid(z))
`,
  'in terms of': `
z = w x
y = sigmoid(z)
C = 1/2 (y - t)^2
find dC/dw in terms of w, x, t
find dC/dw in terms of y, t, x
`,
  'skips and shared weights': `
h_1 = tanh(w x)
h_2 = tanh(w h_1) + h_1
C = (h_2 - t)^2
find dC/dw, dC/dx
`,
  'through time': `
h_t = tanh(w h_{t-1} + u x_t + b) for t = 1..T
C = sum_{t=1}^{T} (h_t - y_t)^2
find dC/du, dC/dw, dC/dh_t
`,
};
