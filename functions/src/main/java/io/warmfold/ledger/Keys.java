package io.warmfold.ledger;

import java.util.Locale;

/** Every key of the table is formatted here and nowhere else. */
final class Keys {

  private Keys() {}

  static Key name(String studyName) {
    return new Key("NAME#" + studyName, "NAME");
  }

  static Key document(String study) {
    return new Key(partition(study), "DOC");
  }

  static Key study(String study) {
    return new Key(partition(study), "STUDY");
  }

  static Key shards(String study) {
    return new Key(partition(study), "SHARDS");
  }

  static Key stock(String study) {
    return new Key(partition(study), "STOCK");
  }

  static Key parent(String study, int parent, int part) {
    return new Key(partition(study), String.format(Locale.ROOT, "PARENT#%d#%03d", parent, part));
  }

  static String parents() {
    return "PARENT#";
  }

  static Key trial(String study, int number) {
    // Five digits, so that the order of the keys is the order of the trials up to 99,999.
    return new Key(partition(study), String.format(Locale.ROOT, "TRIAL#%05d", number));
  }

  /** Which trials were resumed: behind all trials, so that a query for them finds it as well. */
  static Key resumed(String study) {
    return new Key(partition(study), "TRIAL#RESUMED");
  }

  static Key claim(String study, String claimant) {
    return new Key(partition(study), "CLAIM#" + claimant);
  }

  /** Which lanes of a round have left. */
  static Key left(String study, String executionName, int round) {
    return new Key(partition(study), "LEFT#" + executionName + "/" + round);
  }

  static Key job(String study, String jobName) {
    return new Key(partition(study), "JOB#" + jobName);
  }

  static String jobs() {
    return "JOB#";
  }

  static String partition(String study) {
    return "STUDY#" + study;
  }

  /** Sorts after every key that starts with a prefix. */
  static String after(String prefix) {
    return prefix + '\uffff';
  }
}
