package dev.lowland.cli.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claims.Claims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        List<Claim> claims = Claims.all();
        for (int i = 0; i < claims.size(); i++) {
            assertEquals(i + 1, claims.get(i).number(), claims.get(i).name());
            assertFalse(claims.get(i).comparison().isEmpty(), claims.get(i).name());
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
