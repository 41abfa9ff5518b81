package dev.repli.plan;

/** A database or admin account: name and where its password is found. */
public record Account(String user, SecretRef password) {}
