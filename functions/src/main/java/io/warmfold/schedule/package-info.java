/** What a slot runs next. Pure: no AWS, no clock of its own. */
package io.warmfold.schedule;
