package dev.lowland.optim.ensemble;

/** A statistic, when to measure it, and whether to keep the number of every replica. */
record Watch(ReplicaStatistic statistic, StepSchedule schedule, boolean keepsValues) {}
