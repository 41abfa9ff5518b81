package dev.repli.lab;

/** The database servers of a demo. */
sealed interface DemoServers permits LabNodes, LabUpgrade {}
