package dev.lowland.cli.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claims.Claims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The documents say what the claims say; theory-checks/write-rows makes it so again. */
class ClaimRowsTest {

    @Test
    void theTableOfThePaperIsThatOfTheClaims() throws IOException {
        String paper = Files.readString(Path.of("..", "PAPER.md"));
        assertEquals(ClaimRows.paper(paper, Claims.all()), paper);
    }

    @Test
    void claimsAreNumberedInOrderAndSayWhatTheyCompare() {
        int number = 0;
        boolean beyond = false;
        for (Claim claim : Claims.all()) {
            assertTrue(claim.number() > number, claim.name());
            assertTrue(claim.isBeyondPaper() || !beyond, claim.name() + " stands under the wrong heading");
            assertEquals(claim.number() > 21, claim.isBeyondPaper(), claim.name());
            assertFalse(claim.comparison().isEmpty(), claim.name());
            number = claim.number();
            beyond = claim.isBeyondPaper();
        }
    }

    @Test
    void whatWasPrintedGoesIntoTheReadme() {
        String readme = "# A\n\n```\nclaim  verdict\nold  HOLDS\n```\n\nrest\n";
        assertEquals(
                "# A\n\n```\nclaim  verdict\nnew  HOLDS\n```\n\nrest\n",
                ClaimRows.readme(readme, "claim  verdict\nnew  HOLDS\n"));
    }
}
