# Penghapusan.
