"""What stands behind the Evaluation page: the folder of runs, the run that is going on, labels, and their HTML."""
