"""What `mailbot check` tries: settings, servers, who is believed, and the way of a reply."""
