package io.warmfold.study;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A tag of a SageMaker resource; the value may be empty. */
public record Tag(String key, @JsonInclude(JsonInclude.Include.ALWAYS) String value) {}
