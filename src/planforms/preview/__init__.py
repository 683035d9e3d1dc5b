"""Every document beside the words it is made of, while somebody changes them."""
