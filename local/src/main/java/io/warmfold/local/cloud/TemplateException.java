package io.warmfold.local.cloud;

/** The template says something that the local cloud does not know how to do. */
public final class TemplateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param place where in the template, as a path such as {@code Resources/Ledger/Properties}
   * @param problem what is wrong there
   */
  public TemplateException(String place, String problem) {
    super((place.isEmpty() ? "the template" : place) + ": " + problem);
  }
}
