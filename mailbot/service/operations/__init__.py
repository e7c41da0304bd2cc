"""What belongs to no series: mails to the operator, mails that wait for a yes, limits."""
