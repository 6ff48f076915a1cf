/** What the tests of this module share. */
package dev.lowland.optim.support;
