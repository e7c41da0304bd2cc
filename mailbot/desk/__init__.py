"""What belongs to no series: mails to the operator and to people nobody can place, mails that
wait, the last brakes."""
