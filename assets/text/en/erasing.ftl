# Erasure.
