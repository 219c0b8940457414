"""Rules for pages and for what stands beside them: a function a rule, as an editor would ask."""
