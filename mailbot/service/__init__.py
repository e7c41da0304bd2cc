"""Everything that runs. It opens nothing by itself and is given rooms."""
