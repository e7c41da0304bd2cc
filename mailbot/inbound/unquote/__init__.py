"""The newly written lines of a reply: what is quote, signature and footer is told apart."""
