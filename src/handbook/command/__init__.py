"""The command `handbook`: what is typed, what is printed, and a module for each verb."""
