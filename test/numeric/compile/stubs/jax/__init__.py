"""A stand-in for JAX over NumPy."""
