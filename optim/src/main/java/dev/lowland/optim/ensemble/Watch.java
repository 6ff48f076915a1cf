package dev.lowland.optim.ensemble;

/** A statistic and when to measure it. */
record Watch(ReplicaStatistic statistic, StepSchedule schedule) {}
